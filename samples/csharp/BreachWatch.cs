using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Samples;

/// <summary>
/// Follows breaches and prints each change. The token of the last change is kept in a file, so that neither a broken connection nor a
/// restart of this program misses one. A program that dies between the two shows one change twice: whoever acts on them drops a (name,
/// sequence) that was seen.
/// </summary>
internal sealed class BreachWatch(CallInvoker suite, string tokenFile, IReadOnlyList<string> countries)
{
    // A watch without news sends a bookmark every ten seconds; one that is silent for longer is broken.
    private static readonly TimeSpan s_longestSilence = TimeSpan.FromSeconds(30);
    private readonly BreachService.BreachServiceClient _client = new(suite);

    /// <summary>Follows them until it is cancelled.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        for (var wait = 0.1; !cancellation.IsCancellationRequested; wait = Math.Min(1, wait * 2))
        {
            try
            {
                await FollowAsync(() => wait = 0.1, cancellation);
                Console.Error.WriteLine("The watch ended: going on behind the last change.");
            }
            catch (RpcException) when (cancellation.IsCancellationRequested)
            {
                break;
            }
            catch (RpcException error) when (Refusal.Reason(error) is "RESUME_TOKEN_EXPIRED" or "INVALID_TOKEN")
            {
                Console.Error.WriteLine("The token leads nowhere any more: this is how it stands now.");
                File.Delete(tokenFile);
            }
            catch (RpcException error) when (Refusal.IsPassing(error))
            {
                Console.Error.WriteLine($"The connection broke ({error.StatusCode}): going on behind the last change.");
            }

            await Task.Delay(TimeSpan.FromSeconds(wait * (0.5 + (Random.Shared.NextDouble() / 2))), CancellationToken.None);
        }

        return 0;
    }

    private async Task FollowAsync(Action arrived, CancellationToken cancellation)
    {
        var token = File.Exists(tokenFile) ? await File.ReadAllTextAsync(tokenFile, CancellationToken.None) : await ListAsync();
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(s_longestSilence);
        using var call = _client.WatchBreaches(new() { Countries = { countries }, ResumeToken = token }, cancellationToken: silence.Token);
        await foreach (var response in call.ResponseStream.ReadAllAsync(CancellationToken.None))
        {
            silence.CancelAfter(s_longestSilence);
            arrived();
            if (response.Breach is { } breach)
            {
                Show(breach);
            }

            Keep(response.ResumeToken);
        }
    }

    // What fires now, and the token behind it.
    private async Task<string> ListAsync()
    {
        var request = new ListBreachesRequest { State = Breach.Types.State.Firing };
        string? token = null;
        do
        {
            var page = await _client.ListBreachesAsync(request, deadline: DateTime.UtcNow.AddSeconds(10));
            token ??= page.ResumeToken;
            foreach (var breach in page.Breaches.Where(breach => countries.Count == 0 || countries.Contains(breach.Country)))
            {
                Show(breach);
            }

            request.PageToken = page.NextPageToken;
        } while (request.PageToken.Length > 0);
        Keep(token);
        return token;
    }

    private static void Show(Breach breach) =>
        Console.WriteLine($"{breach.Name} {breach.Sequence} {breach.State.ToString().ToUpperInvariant()}: {breach.Sentence}");

    // Renamed into place, so that a crash leaves the old one or the new one.
    private void Keep(string token)
    {
        File.WriteAllText($"{tokenFile}.new", token);
        File.Move($"{tokenFile}.new", tokenFile, overwrite: true);
    }
}
