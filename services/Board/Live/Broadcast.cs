using System.Collections.Immutable;
using EarlyWarning.Board.Sections;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Board.Live;

/// <summary>
/// Renders the page's sections when the state has changed, once for everybody and at most five times a second, and wakes whoever shows them.
/// </summary>
internal sealed class Broadcast(LiveState state, IServiceScopeFactory scopes, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan s_atMostEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>An idle suite is shown afresh too, so that ages and deadlines stay true.</summary>
    private static readonly TimeSpan s_atLeastEvery = TimeSpan.FromSeconds(5);

    private static readonly ImmutableArray<(string Id, Type Section)> s_sections =
    [
        ("banner", typeof(Banner)), ("status", typeof(StatusStrip)), ("cases", typeof(Cases)), ("breaches", typeof(Breaches)), ("ranking", typeof(Ranking)),
    ];

    private TaskCompletionSource _rendered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The HTML of each section as last rendered.</summary>
    public ImmutableDictionary<string, string> Html { get; private set; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Completes at the next rendering that changes anything.</summary>
    public Task NextAsync(CancellationToken cancellationToken) => Volatile.Read(ref _rendered).Task.WaitAsync(cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
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
        await using var scope = scopes.CreateAsyncScope();
        var renderer = scope.ServiceProvider.GetRequiredService<HtmlRenderer>();
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["State"] = shown, ["Now"] = time.GetUtcNow() });
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var builder = ImmutableDictionary.CreateBuilder<string, string>();
            foreach (var (id, section) in s_sections)
            {
                builder[id] = (await renderer.RenderComponentAsync(section, parameters)).ToHtmlString();
            }

            return builder.ToImmutable();
        });
        if (html.Any(section => Html.GetValueOrDefault(section.Key) != section.Value))
        {
            Html = html;
            Interlocked.Exchange(ref _rendered, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }
    }
}
