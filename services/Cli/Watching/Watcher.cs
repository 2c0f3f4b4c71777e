using EarlyWarning.Cli.Connection;
using Grpc.Core;

namespace EarlyWarning.Cli.Watching;

/// <summary>
/// What is watched: how the stream is opened, where its token is, who takes what it carries and says whether to go on, and how one starts
/// again after a token expired.
/// </summary>
internal sealed record Watched<T>(
    Func<string, CancellationToken, AsyncServerStreamingCall<T>> Open,
    Func<T, string> TokenOf,
    Func<T, bool> Take,
    Func<CancellationToken, Task<string>> StartAgain
);

/// <summary>Hears how a watch fares.</summary>
internal interface IWatchListener
{
    /// <summary>The stream is open; again, where it was before.</summary>
    void Connected(bool again);

    /// <summary>The stream ended, for a reason where one is known; it is opened anew after a wait.</summary>
    void Lost(RpcException? why, TimeSpan wait);

    /// <summary>Changes were missed for longer than the suite keeps them: the watch starts from how it stands now.</summary>
    void Missed();
}

/// <summary>Follows a stream over broken connections: goes on with the token of the last response.</summary>
internal sealed class Watcher(ConnectionSettings settings, TimeProvider time, TimeSpan longestWait)
{
    private static readonly TimeSpan s_firstWait = TimeSpan.FromMilliseconds(500);

    /// <summary>Goes on until what it carries is enough, or until it is broken off, which is how a watch ends well.</summary>
    public async Task RunAsync<T>(Watched<T> watched, string token, IWatchListener listener, CancellationToken cancellation)
    {
        var wasConnected = false;
        var wait = s_firstWait;
        while (true)
        {
            RpcException? why = null;
            try
            {
                using var call = watched.Open(token, cancellation);
                await call.ResponseHeadersAsync;
                listener.Connected(wasConnected);
                wasConnected = true;
                while (await call.ResponseStream.MoveNext(cancellation))
                {
                    wait = s_firstWait;
                    token = watched.TokenOf(call.ResponseStream.Current);
                    if (!watched.Take(call.ResponseStream.Current))
                    {
                        return;
                    }
                }
            }
            catch (RpcException error) when (Failure.ReasonOf(error) == "RESUME_TOKEN_EXPIRED")
            {
                listener.Missed();
                token = await watched.StartAgain(cancellation);
                continue;
            }
            catch (Exception) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (RpcException error) when (wasConnected && Failure.IsPassing(error, settings))
            {
                // Falls through to the wait: the suite is restarting, the way to it broke, or it asks to wait.
                why = error;
                wait = Failure.DelayOf(error) is var asked && asked > wait ? asked : wait;
            }

            listener.Lost(why, wait);
            await Task.Delay(wait, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellation.IsCancellationRequested)
            {
                return;
            }

            wait = wait * 2 < longestWait ? wait * 2 : longestWait;
        }
    }
}
