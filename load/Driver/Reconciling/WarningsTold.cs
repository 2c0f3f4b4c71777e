using EarlyWarning.Driver.Activities;
using EarlyWarning.Driver.Catalogue;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.Driver.Reconciling;

/// <summary>Holds the breaches that the suite lists against what their recipient was told.</summary>
internal sealed class WarningsTold(CallInvoker suite, Workbench bench, DateTimeOffset started)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public async Task CompareAsync(List<string> agreements, List<string> differences, CancellationToken cancellationToken)
    {
        var breaches = await ListAsync(cancellationToken);
        if (breaches.Count == 0)
        {
            return;
        }

        // What was decided is told a moment later.
        for (
            var waited = TimeSpan.Zero;
            waited < s_patience && breaches.Any(breach => Faults(breach).Any());
            waited += TimeSpan.FromSeconds(1)
        )
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        }

        var faults = breaches.SelectMany(Faults).ToList();
        differences.AddRange(faults);
        if (faults.Count > 0)
        {
            return;
        }

        var way = bench.Warnings.ByWebhook
            ? $"by webhook ({bench.Warnings.Repeats} attempts beyond the first, under the same id)"
            : "by the watch";
        agreements.Add($"{breaches.Count:N0} breaches, each told once {way}");
    }

    private IEnumerable<string> Faults(Breach breach)
    {
        if (bench.Warnings.MessagesOf(breach.Name, fires: true) is not 1 and var fired)
        {
            yield return $"{breach.Name} of {breach.Country} fired and was told {fired} times";
        }

        if (breach.State == Breach.Types.State.Resolved && bench.Warnings.MessagesOf(breach.Name, fires: false) is not 1 and var over)
        {
            yield return $"{breach.Name} of {breach.Country} was resolved and that was told {over} times";
        }
    }

    private async Task<List<Breach>> ListAsync(CancellationToken cancellationToken)
    {
        var client = new BreachService.BreachServiceClient(suite);
        List<Breach> breaches = [];
        var request = new ListBreachesRequest
        {
            Threshold = WarningFramework.Threshold,
            FiredFrom = started.ToTimestamp(),
            PageSize = 500,
        };
        do
        {
            var page = await client.ListBreachesAsync(request, cancellationToken: cancellationToken);
            breaches.AddRange(page.Breaches);
            request.PageToken = page.NextPageToken;
        } while (request.PageToken.Length > 0);
        return breaches;
    }
}
