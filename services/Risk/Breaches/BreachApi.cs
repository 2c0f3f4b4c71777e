using EarlyWarning.Contracts.Breaches;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Paging;
using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Risk.Breaches;

/// <summary>Serves breaches.</summary>
internal sealed class BreachApi(IGrainFactory grains, IHostApplicationLifetime lifetime) : V1.BreachService.BreachServiceBase
{
    private const string Watch = "breach-watch";
    private const int WatchPage = 100;

    public override async Task<V1.GetBreachResponse> GetBreach(V1.GetBreachRequest request, ServerCallContext context)
    {
        if (request.Name.Split('/') is not ["breaches", { Length: > 0 }])
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, "name", "The name must be breaches/{id}.");
        }

        return new() { Breach = await Register.GetAsync(request.Name).WaitAsync(context.CancellationToken) ?? throw Fault.NotFound(request.Name) };
    }

    public override async Task<V1.ListBreachesResponse> ListBreaches(V1.ListBreachesRequest request, ServerCallContext context)
    {
        var skip = (int)Math.Min(PageToken.Decode("breaches", request.PageToken), int.MaxValue / 2);
        var size = PageToken.Size(request.PageSize, 50, 500);
        var page = await Register.ListAsync(request, skip, size + 1).WaitAsync(context.CancellationToken);
        var fit = PageFit.Count(page.Items, size);
        return new()
        {
            Breaches = { page.Items.Take(fit) },
            NextPageToken = page.Items.Count > fit ? PageToken.Encode("breaches", skip + fit) : "",
            ResumeToken = PageToken.Encode(Watch, page.Position),
        };
    }

    public override async Task WatchBreaches(
        V1.WatchBreachesRequest request, IServerStreamWriter<V1.WatchBreachesResponse> responseStream, ServerCallContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        var only = request.Countries.ToHashSet(StringComparer.Ordinal);
        var position = request.ResumeToken.Length > 0
            ? PageToken.Decode(Watch, request.ResumeToken)
            : (await Register.ListAsync(new(), 0, 0).WaitAsync(ending.Token)).Position;

        // A reader learns at once that its watch stands, and its call's start is answered.
        await context.WriteResponseHeadersAsync([]);
        while (!ending.IsCancellationRequested)
        {
            var changes = await Register.ChangesAfterAsync(position, WatchPage).WaitAsync(ending.Token);
            if (changes.Expired)
            {
                throw Fault.Of(StatusCode.OutOfRange, V1.ErrorReason.ResumeTokenExpired,
                    "The resume token is older than what is kept. List the breaches, then watch with the list's token.");
            }

            // Each write waits until the reader has room: a slow one is paused, and finds the rest here.
            foreach (var change in changes.Items)
            {
                if (only.Count == 0 || only.Contains(change.Item.Country))
                {
                    await responseStream.WriteAsync(new() { Breach = change.Item, ResumeToken = PageToken.Encode(Watch, change.Position) }, ending.Token);
                }
            }

            position = changes.Position;
        }
    }

    private IBreachRegisterGrain Register => grains.GetGrain<IBreachRegisterGrain>(0);
}
