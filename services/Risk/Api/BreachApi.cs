using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Rules;
using EarlyWarning.Contracts.Breaches;
using EarlyWarning.Contracts.Registers;
using EarlyWarning.Risk.Explaining;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.ServiceDefaults.Paging;
using EarlyWarning.ServiceDefaults.Watching;
using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Risk.Api;

/// <summary>Serves breaches.</summary>
internal sealed class BreachApi(
    IGrainFactory grains,
    ICatalogue catalogue,
    PageTokens tokens,
    Suite suite,
    TimeProvider time,
    IHostApplicationLifetime lifetime
) : V1.BreachService.BreachServiceBase
{
    private const int WatchPage = 100;
    private readonly Catalogue.States.Countries _countries = Catalogue.States.Countries.For(suite.Exercise);

    public override async Task<V1.GetBreachResponse> GetBreach(V1.GetBreachRequest request, ServerCallContext context)
    {
        RequestFilters.Name("name", request.Name, ResourceNames.Breaches);
        return new()
        {
            Breach = await Register.GetAsync(request.Name).WaitAsync(context.CancellationToken) ?? throw Fault.NotFound(request.Name),
        };
    }

    public override async Task<V1.ListBreachesResponse> ListBreaches(V1.ListBreachesRequest request, ServerCallContext context)
    {
        RequestFilters.Countries(request.Countries, IsKnown);
        RequestFilters.Name("threshold", request.Threshold, ResourceForm.Thresholds, optional: true);
        RequestFilters.Name("framework", request.Framework, ResourceForm.Frameworks, optional: true);
        RequestFilters.Value("state", request.State);
        RequestFilters.Value("min_severity", request.MinSeverity);
        RequestFilters.Range("fired_from", request.FiredFrom, "fired_before", request.FiredBefore);
        var size = PageTokens.Size(request.PageSize, 50, 500);
        var after = tokens.After(request, request.PageToken, RegisterKey.Parse);
        var page = await Register.ListAsync(request, after, size + 1).WaitAsync(context.CancellationToken);
        if (page.Items.Count == 0)
        {
            await CheckThresholdAsync(request.Threshold, context);
            CheckFramework(request.Framework);
        }

        var fit = PageFit.Count(page.Items, size);
        return new()
        {
            Breaches = { page.Items.Take(fit) },
            NextPageToken = page.Items.Count > fit ? tokens.Encode(request, KeyOf(page.Items[fit - 1]).ToString()) : "",
            ResumeToken = tokens.Start(V1.WatchBreachesRequest.Descriptor, page.Position),
            TotalSize = page.Total,
        };
    }

    public override async Task WatchBreaches(
        V1.WatchBreachesRequest request,
        IServerStreamWriter<V1.WatchBreachesResponse> responseStream,
        ServerCallContext context
    )
    {
        RequestFilters.Countries(request.Countries, IsKnown);
        var only = request.Countries.ToHashSet(StringComparer.Ordinal);
        var head = (await Register.ListAsync(new(), null, 0).WaitAsync(context.CancellationToken)).Position;
        var position = tokens.Decode(request, "resume_token", request.ResumeToken, empty: head);
        PageTokens.NotAhead(position, head);
        await new ChangeWatch<V1.Breach>(
            async (after, ending) => (await Register.ChangesAfterAsync(after, WatchPage).WaitAsync(ending)).Kept(),
            breach => only.Count == 0 || only.Contains(breach.Country),
            (breach, at) =>
                responseStream.WriteAsync(new() { Breach = breach, ResumeToken = tokens.Encode(request, at) }, context.CancellationToken),
            time
        ).RunAsync(context, position, head, lifetime.ApplicationStopping);
    }

    private static RegisterKey KeyOf(V1.Breach listed) => new(listed.FireTime.ToDateTimeOffset().UtcTicks, listed.Name);

    private void CheckFramework(string framework)
    {
        if (framework.Length > 0 && !catalogue.Current.HasOrHad(framework))
        {
            throw Fault.NotFound(framework);
        }
    }

    // The breaches of a threshold outlive it.
    private async Task CheckThresholdAsync(string threshold, ServerCallContext context)
    {
        if (
            threshold.Length > 0
            && !catalogue.Current.HasOrHad(threshold)
            && (await Register.ListAsync(new() { Threshold = threshold }, null, 1).WaitAsync(context.CancellationToken)).Items.Count == 0
        )
        {
            throw Fault.NotFound(threshold);
        }
    }

    private bool IsKnown(string country) => _countries.TryGet(country, out _);

    private IBreachRegisterGrain Register => grains.GetGrain<IBreachRegisterGrain>(0);
}
