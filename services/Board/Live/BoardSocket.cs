using System.Collections.Immutable;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Board.Live;

/// <summary>
/// Keeps one open page up to date: sends the sections that have changed since what the page has, as a JSON object of HTML by section id. A
/// slow page gets the newest state when it is ready for it.
/// </summary>
internal static class BoardSocket
{
    public static async Task ServeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }

        var broadcast = context.RequestServices.GetRequiredService<Broadcast>();
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var reading = ReadUntilClosedAsync(socket, gone);
        try
        {
            var has = ImmutableDictionary<string, string>.Empty;
            while (true)
            {
                var next = broadcast.NextAsync(gone.Token);
                var html = broadcast.Html;
                var changed = html.Where(section => has.GetValueOrDefault(section.Key) != section.Value).ToDictionary();
                if (changed.Count > 0)
                {
                    await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(changed), WebSocketMessageType.Text, true, gone.Token);
                    has = html;
                }

                await next;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // The page is closed, or the suite stops: the page then says that it is not live.
        }

        await reading;
    }

    private static async Task ReadUntilClosedAsync(WebSocket socket, CancellationTokenSource gone)
    {
        try
        {
            var buffer = new byte[64];
            while ((await socket.ReceiveAsync(buffer, gone.Token)).MessageType != WebSocketMessageType.Close) { }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException) { }

        await gone.CancelAsync();
    }
}
