using System.Globalization;
using EarlyWarning.Store.Committing;

namespace EarlyWarning.Host.Composition;

/// <summary>
/// Answers on the HTTP address while a start waits for the store: that the process lives, that it is not ready, and why, so that whoever
/// supervises it neither sends calls nor starts it anew. It has gone before the suite itself listens there.
/// </summary>
internal static class WaitingServer
{
    /// <summary>A store that is there opens within this; for one that does, nothing is served.</summary>
    private static readonly TimeSpan s_usual = TimeSpan.FromSeconds(2);

    private static readonly string s_retryAfter = 5.ToString(CultureInfo.InvariantCulture);

    /// <summary>Waits until the store is open, and answers meanwhile where that takes long.</summary>
    /// <param name="opening">Completes when it is.</param>
    /// <param name="store">The store.</param>
    /// <param name="listen">Makes the server listen.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">A signal ended the wait.</exception>
    public static async Task WhileAsync(
        Task opening,
        SuiteStore store,
        Action<WebApplicationBuilder> listen,
        CancellationToken cancellationToken
    )
    {
        if (await Task.WhenAny(opening, Task.Delay(s_usual, TimeProvider.System, cancellationToken)) != opening)
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
            builder.Logging.AddSuiteLogging(builder.Configuration);
            listen(builder);
            await using var server = builder.Build();
            server.Run(context => AnswerAsync(context, store));
            await server.StartAsync(cancellationToken);
            using var asked = CancellationTokenSource.CreateLinkedTokenSource(server.Lifetime.ApplicationStopping, cancellationToken);
            await opening.WaitAsync(asked.Token);
            await server.StopAsync(cancellationToken);
        }

        await opening;
    }

    private static Task AnswerAsync(HttpContext context, SuiteStore store)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.Path == "/healthz")
        {
            return context.Response.WriteAsync("healthy\n", context.RequestAborted);
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = s_retryAfter;
        return context.Response.WriteAsync($"unhealthy\nstore: unhealthy ({store.Status.Reason})\n", context.RequestAborted);
    }
}
