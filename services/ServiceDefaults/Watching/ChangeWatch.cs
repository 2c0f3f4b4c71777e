using EarlyWarning.ServiceDefaults.Errors;
using Grpc.Core;

namespace EarlyWarning.ServiceDefaults.Watching;

/// <summary>
/// One watch over changes that are kept in order: each change once, and now and then a bookmark, whose token lies behind what was left out.
/// Each write waits until the reader has room: a slow one is paused, and finds the rest where it left off.
/// </summary>
/// <typeparam name="T">What is watched.</typeparam>
/// <param name="next">
/// Reads changes after a position, oldest first and each with its position, and where to go on; waits some seconds where there is none;
/// <see langword="null"/> where older ones than are kept would come first.
/// </param>
/// <param name="wanted">Whether a change is of those asked for.</param>
/// <param name="write">Writes a change, or a bookmark where there is none, with the position behind it.</param>
/// <param name="time">The clock.</param>
public sealed class ChangeWatch<T>(
    Func<long, CancellationToken, Task<(IReadOnlyList<(long Position, T Item)> Items, long Position)?>> next,
    Func<T, bool> wanted,
    Func<T?, long, Task> write,
    TimeProvider time
)
    where T : class
{
    private static readonly TimeSpan s_bookmarkEvery = TimeSpan.FromSeconds(10);

    /// <summary>Runs the watch until its caller or the suite ends it.</summary>
    /// <param name="context">The call.</param>
    /// <param name="position">From where on.</param>
    /// <param name="head">The newest position when the call came.</param>
    /// <param name="stopping">Ends when the suite stops.</param>
    /// <exception cref="RpcException">RESUME_TOKEN_EXPIRED.</exception>
    public async Task RunAsync(ServerCallContext context, long position, long head, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, stopping);
        try
        {
            // What has changed already is asked for first, so that a token that has expired is refused before the answer starts.
            (IReadOnlyList<(long Position, T Item)> Items, long Position)? early =
                position < head ? await NextAsync(position, ending.Token) : null;

            // Headers now, so that a caller knows that the watch stands before the first change.
            await context.WriteResponseHeadersAsync([]);
            var written = time.GetTimestamp();
            while (!ending.IsCancellationRequested)
            {
                var (items, behind) = early ?? await NextAsync(position, ending.Token);
                foreach (var (at, item) in items.Where(change => wanted(change.Item)))
                {
                    await write(item, at);
                    written = time.GetTimestamp();
                }

                (position, early) = (behind, null);
                if (time.GetElapsedTime(written) >= s_bookmarkEvery)
                {
                    await write(null, position);
                    written = time.GetTimestamp();
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The watch must not hold the suite's end back; its reader resumes with the last token.
        }
    }

    private async Task<(IReadOnlyList<(long Position, T Item)> Items, long Position)> NextAsync(
        long position,
        CancellationToken cancellationToken
    ) =>
        await next(position, cancellationToken)
        ?? throw Fault.Of(
            StatusCode.OutOfRange,
            V1.ErrorReason.ResumeTokenExpired,
            "The resume token is older than what is kept. List, then watch with the list's token."
        );
}
