using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.Board.Pages;

/// <summary>The status of a page's first answer, so that who asks without eyes is not told that all is well either.</summary>
internal static class PageStatus
{
    /// <summary>Says that there is no such thing, that it is not for the viewer, or that the suite did not answer.</summary>
    /// <param name="http">The request that opened the page; absent once the page is live, which has no status.</param>
    /// <param name="exception">What the suite answered.</param>
    public static void Answer(HttpContext? http, RpcException exception) => Answer(http, Of(exception.StatusCode));

    /// <summary>Sets the status.</summary>
    /// <param name="http">The request that opened the page; absent once the page is live, which has no status.</param>
    /// <param name="status">The status of HTTP.</param>
    public static void Answer(HttpContext? http, int status)
    {
        // Set when the answer begins: a page that says so while it is rendered is not sent by the framework.
        if (http is { Response.HasStarted: false })
        {
            http.Response.OnStarting(() =>
            {
                http.Response.StatusCode = status;
                return Task.CompletedTask;
            });
        }
    }

    /// <summary>Whether there is no such thing, or none of such a name.</summary>
    public static bool IsUnknown(RpcException exception) => Of(exception.StatusCode) == StatusCodes.Status404NotFound;

    private static int Of(StatusCode code) =>
        code switch
        {
            StatusCode.NotFound or StatusCode.InvalidArgument => StatusCodes.Status404NotFound,
            StatusCode.PermissionDenied => StatusCodes.Status403Forbidden,
            _ => StatusCodes.Status503ServiceUnavailable,
        };
}
