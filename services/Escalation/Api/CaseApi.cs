using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.States;
using EarlyWarning.Contracts.Cases;
using EarlyWarning.Contracts.Registers;
using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Grains;
using EarlyWarning.Escalation.Rows;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.ServiceDefaults.Paging;
using EarlyWarning.ServiceDefaults.Requests;
using EarlyWarning.ServiceDefaults.Watching;
using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Escalation.Api;

/// <summary>CaseService: reads the caller, asks the grains, throws what they refuse.</summary>
internal sealed class CaseApi(
    IGrainFactory grains,
    PageTokens tokens,
    Suite suite,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ICatalogue? catalogue = null
) : V1.CaseService.CaseServiceBase
{
    private const int WatchPage = 100;
    private readonly Countries _countries = Countries.For(suite.Exercise);

    private ICaseRegisterGrain Register => grains.GetGrain<ICaseRegisterGrain>(0);

    public override async Task<V1.GetCaseResponse> GetCase(V1.GetCaseRequest request, ServerCallContext context)
    {
        CaseRequests.Name(request.Name);
        return new()
        {
            Case = await Register.GetAsync(request.Name).WaitAsync(context.CancellationToken) ?? throw Fault.NotFound(request.Name),
        };
    }

    public override async Task<V1.ListCasesResponse> ListCases(V1.ListCasesRequest request, ServerCallContext context)
    {
        RequestFilters.Countries(request.Countries, IsKnown);
        CaseRequests.Check(request);
        var size = PageTokens.Size(request.PageSize, 50, 500);
        var after = tokens.After(request, request.PageToken, RegisterKey.Parse);
        var page = await Register.ListAsync(request, after, size + 1).WaitAsync(context.CancellationToken);
        if (page.Items.Count == 0)
        {
            CheckCatalogue(request);
        }

        var fit = PageFit.Count(page.Items, size);
        return new()
        {
            Cases = { page.Items.Take(fit) },
            NextPageToken = page.Items.Count > fit ? tokens.Encode(request, CaseList.KeyOf(page.Items[fit - 1]).ToString()) : "",
            ResumeToken = tokens.Start(V1.WatchCasesRequest.Descriptor, page.Position),
            TotalSize = page.Total,
        };
    }

    public override async Task<V1.AcknowledgeCaseResponse> AcknowledgeCase(V1.AcknowledgeCaseRequest request, ServerCallContext context)
    {
        CaseRequests.Check(request);
        return new() { Case = CaseOf(await WriterOf(request.Name).AcknowledgeAsync(request, ActorOf(context), RequestMarks.Of(context))) };
    }

    public override async Task<V1.DecideCaseResponse> DecideCase(V1.DecideCaseRequest request, ServerCallContext context)
    {
        CaseRequests.Check(request, time.GetUtcNow());
        return new() { Case = CaseOf(await WriterOf(request.Name).DecideAsync(request, ActorOf(context), RequestMarks.Of(context))) };
    }

    public override async Task<V1.StandDownCaseResponse> StandDownCase(V1.StandDownCaseRequest request, ServerCallContext context)
    {
        CaseRequests.Check(request);
        return new() { Case = CaseOf(await WriterOf(request.Name).StandDownAsync(request, ActorOf(context), RequestMarks.Of(context))) };
    }

    public override async Task<V1.WithdrawAcknowledgementResponse> WithdrawAcknowledgement(
        V1.WithdrawAcknowledgementRequest request,
        ServerCallContext context
    )
    {
        CaseRequests.Check(request);
        return new() { Case = CaseOf(await WriterOf(request.Name).WithdrawAsync(request, ActorOf(context), RequestMarks.Of(context))) };
    }

    public override async Task<V1.ReopenCaseResponse> ReopenCase(V1.ReopenCaseRequest request, ServerCallContext context)
    {
        CaseRequests.Check(request);
        return new() { Case = CaseOf(await WriterOf(request.Name).ReopenAsync(request, ActorOf(context), RequestMarks.Of(context))) };
    }

    public override async Task WatchCases(
        V1.WatchCasesRequest request,
        IServerStreamWriter<V1.WatchCasesResponse> responseStream,
        ServerCallContext context
    )
    {
        RequestFilters.Countries(request.Countries, IsKnown);
        var head = (await Register.ListAsync(new(), null, 0).WaitAsync(context.CancellationToken)).Position;
        var position = tokens.Decode(request, "resume_token", request.ResumeToken, empty: head);
        PageTokens.NotAhead(position, head);
        var countries = request.Countries.ToHashSet(StringComparer.Ordinal);
        await new ChangeWatch<V1.Case>(
            async (after, ending) => (await Register.ChangesAfterAsync(after, WatchPage).WaitAsync(ending)).Kept(),
            one => countries.Count == 0 || countries.Contains(one.Country),
            (one, at) =>
                responseStream.WriteAsync(new() { Case = one, ResumeToken = tokens.Encode(request, at) }, context.CancellationToken),
            time
        ).RunAsync(context, position, head, lifetime.ApplicationStopping);
    }

    // An empty answer would read as "no case": a name that is not there is refused.
    private void CheckCatalogue(V1.ListCasesRequest request)
    {
        foreach (var name in new[] { request.Framework, request.Threshold }.Where(name => name.Length > 0))
        {
            if (catalogue?.Current.HasOrHad(name) == false)
            {
                throw Fault.NotFound(name);
            }
        }
    }

    /// <summary>The writer of a case's country, whose code its name begins with.</summary>
    private ICaseGrain WriterOf(string name)
    {
        var country = name["cases/".Length..].Split('-')[0];
        return IsKnown(country) ? grains.GetGrain<ICaseGrain>(country) : throw Fault.NotFound(name);
    }

    private bool IsKnown(string country) => _countries.TryGet(country, out _);

    private static CaseActor ActorOf(ServerCallContext context)
    {
        var caller = Caller.Of(context);
        return new(caller.Name, caller.Verified, caller.Role);
    }

    private static V1.Case CaseOf(CaseAnswer answer) =>
        answer.Fault switch
        {
            null => answer.Case!,
            { Field.Length: > 0 } fault => throw Fault.Field(fault.Reason, fault.Field, fault.Message, fault.Code, fault.Metadata),
            { } fault => throw Fault.Of(fault.Code, fault.Reason, fault.Message, fault.Metadata),
        };
}
