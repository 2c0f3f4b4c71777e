using System.Diagnostics;
using Grpc.Core;

namespace EarlyWarning.EndToEnd.Tests.Infrastructure;

/// <summary>Waits for what a real process does in its own time.</summary>
public static class Eventually
{
    public static async Task HoldsAsync(Func<Task<bool>> condition, string expected, int seconds = 30, Func<string>? seen = null)
    {
        var clock = Stopwatch.StartNew();
        var last = "";
        while (true)
        {
            try
            {
                if (await condition())
                {
                    return;
                }
            }
            catch (Exception exception) when (exception is RpcException or IOException or System.Net.Sockets.SocketException or HttpRequestException)
            {
                last = exception.Message;
            }

            Assert.True(clock.Elapsed.TotalSeconds < seconds, $"Not within {seconds} s: {expected}. {last} {seen?.Invoke()}");
            await Task.Delay(25);
        }
    }
}
