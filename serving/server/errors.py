"""What a request can be refused with: a canonical status code, a text, and the HTTP status that stands for the code."""

import grpc

_HTTP_STATUS = {
    grpc.StatusCode.INVALID_ARGUMENT: 400,
    grpc.StatusCode.FAILED_PRECONDITION: 400,
    grpc.StatusCode.OUT_OF_RANGE: 400,
    grpc.StatusCode.UNAUTHENTICATED: 401,
    grpc.StatusCode.PERMISSION_DENIED: 403,
    grpc.StatusCode.NOT_FOUND: 404,
    grpc.StatusCode.ALREADY_EXISTS: 409,
    grpc.StatusCode.ABORTED: 409,
    grpc.StatusCode.RESOURCE_EXHAUSTED: 429,
    grpc.StatusCode.CANCELLED: 499,
    grpc.StatusCode.UNKNOWN: 500,
    grpc.StatusCode.INTERNAL: 500,
    grpc.StatusCode.DATA_LOSS: 500,
    grpc.StatusCode.UNIMPLEMENTED: 501,
    grpc.StatusCode.UNAVAILABLE: 503,
    grpc.StatusCode.DEADLINE_EXCEEDED: 504,
}
_CODE_OF_NUMBER = {code.value[0]: code for code in grpc.StatusCode}


class ServingError(Exception):
    """A request that cannot be answered.

    Attributes:
        code: The canonical status code, the same one for gRPC and, through `http_status`, for REST.
        message: The text a client reads; TensorFlow Serving's own wherever it has one.
    """

    def __init__(self, code: grpc.StatusCode, message: str) -> None:
        super().__init__(f"{code.name}: {message}")
        self.code = code
        self.message = message

    @property
    def http_status(self) -> int:
        """The HTTP status of TensorFlow Serving's REST API for this code (http_server.cc at 2.16.1)."""
        return _HTTP_STATUS[self.code]


def invalid_argument(message: str) -> ServingError:
    """Returns an INVALID_ARGUMENT error: the request itself is wrong, whatever the state of the server."""
    return ServingError(grpc.StatusCode.INVALID_ARGUMENT, message)


def not_found(message: str) -> ServingError:
    """Returns a NOT_FOUND error: no such model or version is served."""
    return ServingError(grpc.StatusCode.NOT_FOUND, message)


def unimplemented(message: str) -> ServingError:
    """Returns an UNIMPLEMENTED error: a part of the protocol that this server does not have."""
    return ServingError(grpc.StatusCode.UNIMPLEMENTED, message)


def status_code(number: int) -> grpc.StatusCode:
    """Returns the gRPC code of a canonical code number, which TensorFlow's own errors carry."""
    return _CODE_OF_NUMBER[number]
