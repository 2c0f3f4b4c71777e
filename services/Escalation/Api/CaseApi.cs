using EarlyWarning.Catalogue.States;
using EarlyWarning.Contracts.Breaches;
using EarlyWarning.Contracts.Cases;
using EarlyWarning.ServiceDefaults;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Paging;
using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Escalation.Api;

/// <summary>CaseService: reads the caller, asks the desk, throws what it refuses.</summary>
internal sealed class CaseApi(IGrainFactory grains, Suite suite, TimeProvider time, IHostApplicationLifetime lifetime)
    : V1.CaseService.CaseServiceBase
{
    private const int WatchPage = 100;
    private readonly Countries _countries = Countries.For(suite.Exercise);

    private ICaseDeskGrain Desk => grains.GetGrain<ICaseDeskGrain>(0);

    public override async Task<V1.GetCaseResponse> GetCase(V1.GetCaseRequest request, ServerCallContext context)
    {
        CaseRequests.Name(request.Name);
        return new() { Case = await Desk.GetAsync(request.Name).WaitAsync(context.CancellationToken) ?? throw Fault.NotFound(request.Name) };
    }

    public override async Task<V1.ListCasesResponse> ListCases(V1.ListCasesRequest request, ServerCallContext context)
    {
        RequestFilters.Country("country", request.Country, IsKnown);
        var size = PageToken.Size(request.PageSize, 50, 500);
        var skip = (int)Math.Min(PageToken.Decode(request, "page_token", request.PageToken), int.MaxValue - 1_000);
        var page = await Desk.ListAsync(request, skip, size + 1).WaitAsync(context.CancellationToken);
        var fit = PageFit.Count(page.Items, size);
        return new()
        {
            Cases = { page.Items.Take(fit) },
            NextPageToken = page.Items.Count > fit ? PageToken.Encode(request, skip + fit) : "",
            ResumeToken = PageToken.Start(V1.WatchCasesRequest.Descriptor, page.Position),
        };
    }

    public override async Task<V1.AcknowledgeCaseResponse> AcknowledgeCase(V1.AcknowledgeCaseRequest request, ServerCallContext context)
    {
        CaseRequests.Check(request);
        return new() { Case = CaseOf(await Desk.AcknowledgeAsync(request, ActorOf(context))) };
    }

    public override async Task<V1.DecideCaseResponse> DecideCase(V1.DecideCaseRequest request, ServerCallContext context)
    {
        CaseRequests.Check(request, time.GetUtcNow());
        return new() { Case = CaseOf(await Desk.DecideAsync(request, ActorOf(context))) };
    }

    public override async Task<V1.StandDownCaseResponse> StandDownCase(V1.StandDownCaseRequest request, ServerCallContext context)
    {
        CaseRequests.Check(request);
        return new() { Case = CaseOf(await Desk.StandDownAsync(request, ActorOf(context))) };
    }

    public override async Task WatchCases(V1.WatchCasesRequest request, IServerStreamWriter<V1.WatchCasesResponse> responseStream, ServerCallContext context)
    {
        RequestFilters.Countries("countries", request.Countries, IsKnown);
        var head = (await Desk.ListAsync(new(), 0, 0).WaitAsync(context.CancellationToken)).Position;
        var position = PageToken.Decode(request, "resume_token", request.ResumeToken, empty: head);
        PageToken.NotAhead(position, head);
        var countries = request.Countries.ToHashSet(StringComparer.Ordinal);

        // A watch must not hold the suite's end back; the reader resumes with its token.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);

        // What has changed already is asked for first, so that a token that has expired is refused before the answer starts.
        var changes = position < head ? await NextAsync(position, ending.Token) : null;

        // Headers now, so that a caller knows that the watch stands before the first change.
        await context.WriteResponseHeadersAsync([]);
        while (!ending.IsCancellationRequested)
        {
            changes ??= await NextAsync(position, ending.Token);

            // A write waits until the reader has room, and the next changes are not asked for before.
            foreach (var change in changes.Items.Where(change => countries.Count == 0 || countries.Contains(change.Item.Country)))
            {
                await responseStream.WriteAsync(
                    new() { Case = change.Item, ResumeToken = PageToken.Encode(request, change.Position) }, context.CancellationToken);
            }

            position = changes.Position;
            changes = null;
        }
    }

    private async Task<RegisterChanges<V1.Case>> NextAsync(long position, CancellationToken ending)
    {
        try
        {
            return await Desk.ChangesAfterAsync(position, WatchPage).WaitAsync(ending) is { Expired: false } changes
                ? changes
                : throw Fault.Of(StatusCode.OutOfRange, V1.ErrorReason.ResumeTokenExpired,
                    "The resume token is older than what is kept. List, then watch without one.");
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return new([], position, Expired: false);
        }
    }

    private bool IsKnown(string country) => _countries.TryGet(country, out _);

    private static CaseActor ActorOf(ServerCallContext context)
    {
        var caller = Caller.Of(context);
        return new(caller.Name, caller.Verified);
    }

    private static V1.Case CaseOf(CaseAnswer answer) => answer.Fault switch
    {
        null => answer.Case!,
        { Field.Length: > 0 } fault => throw Fault.Field(fault.Reason, fault.Field, fault.Message, fault.Code),
        { } fault => throw Fault.Of(fault.Code, fault.Reason, fault.Message),
    };
}
