using System.Collections.Immutable;
using EarlyWarning.ServiceDefaults.Hosting;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Board.Live;

/// <summary>
/// Renders the page's sections when the state has changed, once for everybody and at most five times a second, and wakes whoever shows
/// them.
/// </summary>
internal sealed class Broadcast(LiveState state, SectionRenderer sections, Readiness readiness, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan s_atMostEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>An idle suite is shown afresh too, so that ages and deadlines stay true.</summary>
    private static readonly TimeSpan s_atLeastEvery = TimeSpan.FromSeconds(5);

    private TaskCompletionSource _rendered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The HTML of each section as last rendered.</summary>
    public ImmutableDictionary<string, string> Html { get; private set; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Completes at the next rendering that changes anything.</summary>
    public Task NextAsync(CancellationToken cancellationToken) => Volatile.Read(ref _rendered).Task.WaitAsync(cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Before it, whoever opens the page is rendered it all the same.
            await readiness.AfterStartAsync(stoppingToken);
            while (true)
            {
                var shown = state.Current;
                await RenderAsync(shown);
                await Task.Delay(s_atMostEvery, time, stoppingToken);
                await Task.WhenAny(state.ChangedAsync(shown, stoppingToken), Task.Delay(s_atLeastEvery, time, stoppingToken));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The suite stops.
        }
    }

    private async Task RenderAsync(BoardState shown)
    {
        var html = await sections.RenderAsync(shown);
        if (html.Any(section => Html.GetValueOrDefault(section.Key) != section.Value))
        {
            Html = html;
            Interlocked.Exchange(ref _rendered, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }
    }
}
