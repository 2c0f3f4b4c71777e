using EarlyWarning.Catalogue.Copies;
using EarlyWarning.Catalogue.Rules;
using EarlyWarning.Contracts.Catalogue;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Paging;
using EarlyWarning.ServiceDefaults.Requests;
using Grpc.Core;

namespace EarlyWarning.Indicators.Api;

/// <summary>Serves thresholds. Reads come from this silo's catalogue, which is refreshed before a write is answered.</summary>
internal sealed class ThresholdApi(SiloCatalogue catalogue, IGrainFactory grains, PageTokens tokens)
    : V1.ThresholdService.ThresholdServiceBase
{
    private const int LongestNote = 1_000;

    public override Task<V1.GetThresholdResponse> GetThreshold(V1.GetThresholdRequest request, ServerCallContext context) =>
        ResourceForm.IdOf(request.Name, ResourceForm.Thresholds) is { } id && catalogue.State.ThresholdOf(id) is { } threshold
            ? Task.FromResult(new V1.GetThresholdResponse { Threshold = threshold })
            : throw Fault.NotFound(request.Name);

    public override Task<V1.ListThresholdsResponse> ListThresholds(V1.ListThresholdsRequest request, ServerCallContext context)
    {
        var state = catalogue.State;
        var all = request.ShowRetired
            ? state.Thresholds.Values.Concat(state.RetiredThresholds.Values).OrderBy(threshold => threshold.Name, StringComparer.Ordinal)
            : state.Thresholds.Values;
        var page = Page.Of(tokens, request, request.PageToken, request.PageSize, 100, 1_000, all);
        return Task.FromResult(new V1.ListThresholdsResponse { Thresholds = { page.Items }, NextPageToken = page.NextToken });
    }

    public override async Task<V1.CreateThresholdResponse> CreateThreshold(V1.CreateThresholdRequest request, ServerCallContext context)
    {
        CheckNote(request.Note);
        var change = await Grain
            .CreateThresholdAsync(Given(request.Threshold), request.ValidateOnly, Kept(context))
            .WaitAsync(context.CancellationToken);
        await FinishAsync(change, context);
        return new V1.CreateThresholdResponse().With(change);
    }

    public override async Task<V1.UpdateThresholdResponse> UpdateThreshold(V1.UpdateThresholdRequest request, ServerCallContext context)
    {
        CheckNote(request.Note);
        var change = await Grain
            .UpdateThresholdAsync(Given(request.Threshold), request.ValidateOnly, Kept(context))
            .WaitAsync(context.CancellationToken);
        await FinishAsync(change, context);
        return new V1.UpdateThresholdResponse().With(change);
    }

    public override async Task<V1.RetireThresholdResponse> RetireThreshold(V1.RetireThresholdRequest request, ServerCallContext context)
    {
        CheckNote(request.Note);
        var change = await Grain
            .RetireThresholdAsync(request.Name, request.Etag, request.ValidateOnly, Kept(context))
            .WaitAsync(context.CancellationToken);
        await FinishAsync(change, context);
        return new V1.RetireThresholdResponse().With(change);
    }

    private ICatalogueGrain Grain => grains.GetGrain<ICatalogueGrain>(0);

    private static V1.Threshold Given(V1.Threshold? threshold) =>
        threshold ?? throw Fault.Field(V1.ErrorReason.InvalidField, "threshold", "There is no threshold. Send one.");

    private static void CheckNote(string note)
    {
        if (note.Length > LongestNote)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, "note", $"The note must have at most {LongestNote} characters.");
        }
    }

    private static KeptRequest? Kept(ServerCallContext context) => KeptRequest.Of(RequestMarks.Of(context));

    private Task FinishAsync(CatalogueChange change, ServerCallContext context)
    {
        CatalogueFaults.ThrowIfAny(change);
        return change.Revision > catalogue.Current.Revision ? catalogue.RefreshAsync(context.CancellationToken) : Task.CompletedTask;
    }
}
