using System.Threading.Channels;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Top;

/// <summary>Keeps a screen true to what is known, at most four times a second, and does what keys say.</summary>
internal sealed class TopSession(Terminal terminal, Func<Action<Func<TopState, TopState>>, TopFeed> feedOf, TopActs acts)
{
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(250);

    private readonly Channel<Func<TopState, TopState>> _news = Channel.CreateUnbounded<Func<TopState, TopState>>();

    /// <summary>Waits until everything was heard of once, and gives that.</summary>
    public Task<TopState> ReadOnceAsync(TopState start, CancellationToken cancellation) =>
        BesideFeedAsync(
            async ending =>
            {
                var state = start;
                while (!state.IsWhole)
                {
                    state = (await _news.Reader.ReadAsync(ending))(state);
                }

                return state;
            },
            cancellation
        );

    /// <summary>Shows it until the person quits.</summary>
    public async Task ShowAsync(TopState start, ChannelReader<ConsoleKeyInfo> keys, CancellationToken cancellation)
    {
        var screen = new TopScreen(terminal);
        try
        {
            await BesideFeedAsync(ending => LoopAsync(start, keys, screen, ending), cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C quits as q does.
        }
        finally
        {
            screen.Leave();
        }
    }

    private async Task<TopState> LoopAsync(
        TopState state,
        ChannelReader<ConsoleKeyInfo> keys,
        TopScreen screen,
        CancellationToken cancellation
    )
    {
        var time = terminal.Time;
        var painted = time.GetTimestamp() - time.TimestampFrequency;
        while (true)
        {
            var early = s_pace - time.GetElapsedTime(painted);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, time, cancellation);
            }

            while (_news.Reader.TryRead(out var change))
            {
                state = change(state);
            }

            var size = terminal.Size();
            while (keys.TryRead(out var key))
            {
                (state, var wish) = TopKeys.Press(state, key, TopFrame.PageOf(size.Height));
                switch (wish)
                {
                    case QuitWish:
                        return state;
                    case RedrawWish:
                        screen.Forget();
                        break;
                    case not null:
                        _ = DoAsync(wish, cancellation);
                        break;
                    default:
                        break;
                }
            }

            if (screen.Paint(TopFrame.Draw(state, TopMoment.Of(state, time), size.Width, size.Height), size))
            {
                painted = time.GetTimestamp();
            }

            await NextAsync(keys, cancellation);
        }
    }

    // News, a key, or the time at which a countdown may have gone on.
    private async Task NextAsync(ChannelReader<ConsoleKeyInfo> keys, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(
            _news.Reader.WaitToReadAsync(waiting.Token).AsTask(),
            keys.Completion.IsCompleted
                ? Task.Delay(Timeout.InfiniteTimeSpan, terminal.Time, waiting.Token)
                : keys.WaitToReadAsync(waiting.Token).AsTask(),
            Task.Delay(s_pace, terminal.Time, waiting.Token)
        );
        await waiting.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }

    private async Task DoAsync(TopWish wish, CancellationToken cancellation)
    {
        Func<TopState, TopState> change;
        try
        {
            change = await acts.DoAsync(wish, cancellation);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            return;
        }
        catch (CliException error)
        {
            change = state => state with { Notice = error.Message };
        }

        _news.Writer.TryWrite(change);
    }

    // What ends the feed, which is the suite's refusal, ends the session with it.
    private async Task<T> BesideFeedAsync<T>(Func<CancellationToken, Task<T>> run, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var feed = feedOf(change => _news.Writer.TryWrite(change)).RunAsync(ending.Token);
        var session = run(ending.Token);
        try
        {
            await await Task.WhenAny(feed, session);
            return await session;
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(feed, session).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
