using System.Net.Sockets;
using Grpc.Core;

namespace EarlyWarning.TestKit;

/// <summary>Waits for a condition, not for a time, and says what was seen where it does not come.</summary>
public static class Eventually
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(5);

    /// <summary>Long enough for a loaded machine, and for a real daprd.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="condition">The condition. Whoever is not there yet, or not there any longer, does not meet it.</param>
    /// <param name="expected">The condition in words.</param>
    /// <param name="seconds">How long to wait; <see cref="Patience"/> where it is not given.</param>
    /// <param name="seen">What there is instead, for the message.</param>
    /// <exception cref="TimeoutException">It did not come.</exception>
    public static Task HoldsAsync(Func<Task<bool>> condition, string expected, double? seconds = null, Func<string>? seen = null) =>
        WaitAsync(condition, static holds => holds, expected, seconds, _ => seen?.Invoke() ?? "");

    /// <summary>Waits until a condition holds.</summary>
    public static Task HoldsAsync(Func<bool> condition, string expected, double? seconds = null, Func<string>? seen = null) =>
        HoldsAsync(() => Task.FromResult(condition()), expected, seconds, seen);

    /// <summary>Waits until what there is looks as expected, and gives it.</summary>
    public static Task<T> GetAsync<T>(Func<Task<T>> get, Func<T, bool> condition, string expected) =>
        WaitAsync(get, condition, expected, null, last => $"{last}");

    private static async Task<T> WaitAsync<T>(
        Func<Task<T>> get,
        Func<T, bool> condition,
        string expected,
        double? seconds,
        Func<T?, string> seen
    )
    {
        var patience = seconds is { } given ? TimeSpan.FromSeconds(given) : Patience;
        using var timer = new PeriodicTimer(s_poll);
        using var limit = new CancellationTokenSource(patience);
        var (last, failure) = (default(T), "");
        while (true)
        {
            try
            {
                last = await get();
                if (condition(last))
                {
                    return last;
                }
            }
            catch (Exception exception) when (exception is RpcException or IOException or SocketException or HttpRequestException)
            {
                failure = exception.Message;
            }

            try
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Expected within {patience.TotalSeconds} s: {expected}. Seen: {seen(last)} {failure}");
            }
        }
    }
}
