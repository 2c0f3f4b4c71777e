namespace EarlyWarning.Board.Live;

/// <summary>
/// Has a page show what changes: soon where it was at rest, and while much goes on at most twice a second. One observation changes more
/// than one thing (a score, what the country is under other frameworks, a breach, its case), some milliseconds apart: they are shown as
/// one.
/// </summary>
/// <param name="live">What changes.</param>
/// <param name="time">The clock.</param>
internal sealed class Follower(LiveState live, TimeProvider time)
{
    /// <summary>For how long what comes after a first change is waited for.</summary>
    public static readonly TimeSpan Together = TimeSpan.FromMilliseconds(50);

    /// <summary>How long nothing is shown after news of the world was.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(500);

    /// <summary>Follows until the page is closed.</summary>
    /// <param name="seen">What the page shows.</param>
    /// <param name="look">Shows what there is by now, and gives what that was.</param>
    /// <param name="closed">Ends it.</param>
    public async Task FollowAsync(BoardState seen, Func<Task<BoardState>> look, CancellationToken closed)
    {
        while (true)
        {
            var changed = live.ChangedAsync(seen, closed);
            if (!changed.IsCompletedSuccessfully)
            {
                await changed;
                await Task.Delay(Together, time, closed);
            }

            var before = seen;
            seen = await look();

            // What comes by itself every few seconds, such as the status, shows little, and does not make news of the world wait.
            if (seen.News != before.News)
            {
                await Task.Delay(Apart, time, closed);
            }
        }
    }
}
