"""`python -m teaching.guide` writes INSTRUCTORS.md."""

from teaching.guide.guide import PATH, guide

if __name__ == "__main__":
    PATH.write_text(guide(), encoding="utf-8", newline="\n")
    print(f"Written: {PATH}")
