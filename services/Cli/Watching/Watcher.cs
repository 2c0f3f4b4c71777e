using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using Grpc.Core;

namespace EarlyWarning.Cli.Watching;

/// <summary>
/// What is watched: how the stream is opened, where its token is, how it is printed, and how one starts again after a token expired.
/// </summary>
internal sealed record Watched<T>(
    Func<string, CancellationToken, AsyncServerStreamingCall<T>> Open,
    Func<T, string> TokenOf,
    Func<T, int> Print,
    Func<CancellationToken, Task<string>> StartAgain
);

/// <summary>Follows a stream over broken connections: goes on with the token of the last response.</summary>
internal static class Watcher
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Prints until <paramref name="count"/> changes were shown or the user breaks it off, which is how a watch ends well.
    /// </summary>
    public static async Task<int> RunAsync<T>(CommandContext context, Watched<T> watched, int count, CancellationToken cancellation)
    {
        var token = "";
        var shown = 0;
        var wasConnected = false;
        var wait = TimeSpan.FromMilliseconds(500);
        while (shown < count)
        {
            try
            {
                using var call = watched.Open(token, cancellation);
                await call.ResponseHeadersAsync;
                if (wasConnected)
                {
                    context.Print.Note("ew: connected again.");
                }

                wasConnected = true;
                while (shown < count && await call.ResponseStream.MoveNext(cancellation))
                {
                    wait = TimeSpan.FromMilliseconds(500);
                    token = watched.TokenOf(call.ResponseStream.Current);
                    shown += watched.Print(call.ResponseStream.Current);
                    await context.Terminal.Out.FlushAsync(cancellation);
                }

                if (shown >= count)
                {
                    break;
                }
            }
            catch (RpcException error) when (Failure.ReasonOf(error) == "RESUME_TOKEN_EXPIRED")
            {
                context.Print.Note("ew: changes were missed for longer than the suite keeps them; this is how it stands now.");
                token = await watched.StartAgain(cancellation);
                continue;
            }
            catch (Exception) when (cancellation.IsCancellationRequested)
            {
                return ExitCode.Ok;
            }
            catch (RpcException error) when (wasConnected && Failure.IsPassing(error, context.Settings))
            {
                // Falls through to the wait: the suite is restarting, the way to it broke, or it asks to wait.
                wait = Failure.DelayOf(error) is var asked && asked > wait ? asked : wait;
            }

            context.Print.Note($"ew: the connection ended; trying again in {wait.TotalSeconds:0.#} s.");
            try
            {
                await Task.Delay(wait, context.Terminal.Time, cancellation);
            }
            catch (OperationCanceledException)
            {
                return ExitCode.Ok;
            }

            wait = wait * 2 < s_longestWait ? wait * 2 : s_longestWait;
        }

        return ExitCode.Ok;
    }
}
