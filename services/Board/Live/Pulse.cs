using Microsoft.AspNetCore.Http;

namespace EarlyWarning.Board.Live;

/// <summary>
/// What an open page asks every second: the suite's clock, and when the suite was last heard of. It says no more than that, to anybody, so
/// that it costs little and goes on where a session is over.
/// </summary>
/// <param name="Now">The suite's clock, in milliseconds since 1970.</param>
/// <param name="Heard">When the suite last answered the board; 0 where it never did.</param>
internal sealed record Pulse(long Now, long Heard)
{
    public static IResult Of(LiveState live, TimeProvider time, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new Pulse(time.GetUtcNow().ToUnixTimeMilliseconds(), live.HeardAt?.ToUnixTimeMilliseconds() ?? 0));
    }
}
