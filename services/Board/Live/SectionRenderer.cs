using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using EarlyWarning.Board.Sections;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Board.Live;

/// <summary>
/// Renders the sections of the board, each by itself: one that cannot be rendered says so in its place, and the others are as ever.
/// </summary>
internal sealed partial class SectionRenderer(IServiceScopeFactory scopes, TimeProvider time, ILogger<SectionRenderer> logger)
{
    private static readonly ImmutableArray<(string Id, Type Section)> s_sections =
    [
        ("banner", typeof(Banner)),
        ("status", typeof(StatusStrip)),
        ("cases", typeof(Cases)),
        ("breaches", typeof(Breaches)),
        ("ranking", typeof(Ranking)),
    ];

    private readonly ConcurrentDictionary<string, string> _faults = new(StringComparer.Ordinal);

    /// <summary>The HTML of each section.</summary>
    public async Task<ImmutableDictionary<string, string>> RenderAsync(BoardState state)
    {
        await using var scope = scopes.CreateAsyncScope();
        var renderer = scope.ServiceProvider.GetRequiredService<HtmlRenderer>();
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["State"] = state, ["Now"] = time.GetUtcNow() });
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var html = ImmutableDictionary.CreateBuilder<string, string>();
            foreach (var (id, section) in s_sections)
            {
                html[id] = await RenderAsync(renderer, id, section, parameters);
            }

            return html.ToImmutable();
        });
    }

    private async Task<string> RenderAsync(HtmlRenderer renderer, string id, Type section, ParameterView parameters)
    {
        try
        {
            var html = (await renderer.RenderComponentAsync(section, parameters)).ToHtmlString();
            _faults.TryRemove(id, out _);
            return html;
        }
#pragma warning disable CA1031 // Whatever a section meets, it ends neither the others nor the suite.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // Told once: the same five times a second would bury what else there is to read.
            if (!_faults.TryGetValue(id, out var said) || said != exception.Message)
            {
                _faults[id] = exception.Message;
                LogNotShown(id, exception);
            }

            var reason = WebUtility.HtmlEncode(exception.Message);
            return $"""<p class="stale" role="alert">This section cannot be shown: {reason} Use <code>ew</code> meanwhile.</p>""";
        }
    }

    [LoggerMessage(13011, LogLevel.Error, "The section {Section} of the board cannot be shown; the others can.")]
    private partial void LogNotShown(string section, Exception exception);
}
