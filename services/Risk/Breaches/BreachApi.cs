using EarlyWarning.Catalogue;
using EarlyWarning.Contracts.Breaches;
using EarlyWarning.ServiceDefaults;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Paging;
using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Risk.Breaches;

/// <summary>Serves breaches.</summary>
internal sealed class BreachApi(IGrainFactory grains, ICatalogue catalogue, Suite suite, IHostApplicationLifetime lifetime)
    : V1.BreachService.BreachServiceBase
{
    private const int WatchPage = 100;
    private readonly Catalogue.States.Countries _countries = Catalogue.States.Countries.For(suite.Exercise);

    public override async Task<V1.GetBreachResponse> GetBreach(V1.GetBreachRequest request, ServerCallContext context)
    {
        RequestFilters.Name("name", request.Name, Names.Breaches);
        return new() { Breach = await Register.GetAsync(request.Name).WaitAsync(context.CancellationToken) ?? throw Fault.NotFound(request.Name) };
    }

    public override async Task<V1.ListBreachesResponse> ListBreaches(V1.ListBreachesRequest request, ServerCallContext context)
    {
        RequestFilters.Country("country", request.Country, IsKnown);
        RequestFilters.Name("threshold", request.Threshold, ResourceForm.Thresholds, optional: true);
        RequestFilters.Value("state", request.State);
        var skip = (int)Math.Min(PageToken.Decode(request, "page_token", request.PageToken), int.MaxValue / 2);
        var size = PageToken.Size(request.PageSize, 50, 500);
        var page = await Register.ListAsync(request, skip, size + 1).WaitAsync(context.CancellationToken);
        if (page.Items.Count == 0)
        {
            await CheckThresholdAsync(request.Threshold, context);
        }

        var fit = PageFit.Count(page.Items, size);
        return new()
        {
            Breaches = { page.Items.Take(fit) },
            NextPageToken = page.Items.Count > fit ? PageToken.Encode(request, skip + fit) : "",
            ResumeToken = PageToken.Start(V1.WatchBreachesRequest.Descriptor, page.Position),
        };
    }

    public override async Task WatchBreaches(
        V1.WatchBreachesRequest request, IServerStreamWriter<V1.WatchBreachesResponse> responseStream, ServerCallContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        RequestFilters.Countries("countries", request.Countries, IsKnown);
        var only = request.Countries.ToHashSet(StringComparer.Ordinal);
        var head = (await Register.ListAsync(new(), 0, 0).WaitAsync(ending.Token)).Position;
        var position = PageToken.Decode(request, "resume_token", request.ResumeToken, empty: head);
        PageToken.NotAhead(position, head);

        // What has changed already is asked for first, so that a token that has expired is refused before the answer starts.
        var changes = position < head ? await NextAsync(position, ending.Token) : null;

        // A reader learns at once that its watch stands, and its call's start is answered.
        await context.WriteResponseHeadersAsync([]);
        while (!ending.IsCancellationRequested)
        {
            changes ??= await NextAsync(position, ending.Token);

            // Each write waits until the reader has room: a slow one is paused, and finds the rest here.
            foreach (var change in changes.Items)
            {
                if (only.Count == 0 || only.Contains(change.Item.Country))
                {
                    await responseStream.WriteAsync(
                        new() { Breach = change.Item, ResumeToken = PageToken.Encode(request, change.Position) }, ending.Token);
                }
            }

            position = changes.Position;
            changes = null;
        }
    }

    private async Task<RegisterChanges<V1.Breach>> NextAsync(long position, CancellationToken ending)
        => await Register.ChangesAfterAsync(position, WatchPage).WaitAsync(ending) is { Expired: false } changes
            ? changes
            : throw Fault.Of(StatusCode.OutOfRange, V1.ErrorReason.ResumeTokenExpired,
                "The resume token is older than what is kept. List the breaches, then watch with the list's token.");

    // The breaches of a threshold outlive it.
    private async Task CheckThresholdAsync(string threshold, ServerCallContext context)
    {
        var current = catalogue.Current;
        if (threshold.Length > 0
            && !current.Thresholds.ContainsKey(threshold[ResourceForm.Thresholds.Length..]) && !current.Retired.ContainsKey(threshold)
            && (await Register.ListAsync(new() { Threshold = threshold }, 0, 1).WaitAsync(context.CancellationToken)).Items.Count == 0)
        {
            throw Fault.NotFound(threshold);
        }
    }

    private bool IsKnown(string country) => _countries.TryGet(country, out _);

    private IBreachRegisterGrain Register => grains.GetGrain<IBreachRegisterGrain>(0);
}
