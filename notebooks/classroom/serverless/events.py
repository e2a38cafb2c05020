"""Events as AWS writes them: a request that a gateway packs up, an object, a log, a row, a message.

Shapes: API Gateway's payload format 2.0, S3 event notifications, CloudWatch Logs, DynamoDB Streams,
SQS. Left out: the fields that no function of a lesson reads.
"""

import base64
import gzip
import json
from collections.abc import Mapping

import h11
from starlette.requests import Request
from starlette.responses import Response

Event = dict[str, object]
FRAMING = ("content-length", "transfer-encoding")  # a gateway counts the body itself


async def http_event(request: Request) -> Event:
    """Return the event that a gateway makes of a request, in payload format 2.0.

    The cookies have a place of their own. The source is the one that the gateway saw.
    """
    names = set(request.headers.keys()) - {"cookie"}
    headers = {name: ",".join(request.headers.getlist(name)) for name in sorted(names)}
    body = await request.body()
    try:
        text, encoded = body.decode(), False
    except UnicodeDecodeError:
        text, encoded = base64.b64encode(body).decode(), True
    http = {"method": request.method, "path": request.url.path, "protocol": "HTTP/1.1"}
    event: Event = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": request.url.path,
        "rawQueryString": request.url.query,
        "headers": headers,
        "requestContext": {"http": {**http, "sourceIp": request.client.host}},
        "isBase64Encoded": encoded,
    }
    if "cookie" in request.headers:
        event["cookies"] = request.headers["cookie"].split("; ")
    return {**event, "body": text} if body else event


def http_response(result: Mapping[str, object]) -> Response:
    """Return the response that a gateway makes of a function's result.

    Raises AttributeError, KeyError, TypeError or ValueError if the result does not have the form of
    one, or is none that HTTP can send.
    """
    body = result.get("body", "")
    content = base64.b64decode(body) if result.get("isBase64Encoded") else body.encode()
    status, cookies = int(result["statusCode"]), result.get("cookies") or []
    if not 200 <= status <= 599 or not isinstance(cookies, list):
        raise ValueError("no final status, or cookies that are no list")
    if status in (204, 304):  # which have no body (RFC 9110 §15.3.5 and §15.4.5)
        content = b""
    response, headers = Response(content, status), result.get("headers") or {}
    response.headers.update({k: v for k, v in headers.items() if k.lower() not in FRAMING})
    for cookie in cookies:
        response.headers.append("set-cookie", cookie)
    try:  # the server would find out too late, and close the connection without a response
        h11.Response(status_code=response.status_code, headers=response.raw_headers)
    except h11.LocalProtocolError as error:
        raise ValueError(str(error)) from None
    return response


def object_created(bucket: str, key: str) -> Event:
    """Return the event of a file that was put into a store."""
    stored = {"bucket": {"name": bucket}, "object": {"key": key}}
    return _records(eventSource="aws:s3", eventName="ObjectCreated:Put", s3=stored)


def row_inserted(row: Mapping[str, str]) -> Event:
    """Return the event of a row that was inserted into a table."""
    image = {name: {"S": value} for name, value in row.items()}
    return _records(eventSource="aws:dynamodb", eventName="INSERT", dynamodb={"NewImage": image})


def message(id: str, body: Mapping[str, object]) -> Event:
    """Return the event of a message from a queue; when it is delivered again, `id` is the same."""
    return _records(eventSource="aws:sqs", messageId=id, body=json.dumps(body))


def log_line(text: str) -> Event:
    """Return the event of a line in a log: packed by gzip, then spelled in base64."""
    lines = {"messageType": "DATA_MESSAGE", "logEvents": [{"id": "1", "message": text}]}
    packed = gzip.compress(json.dumps(lines).encode(), mtime=0)
    return {"awslogs": {"data": base64.b64encode(packed).decode()}}


def _records(**fields: object) -> Event:
    return {"Records": [fields]}
