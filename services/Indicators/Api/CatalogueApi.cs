using System.Globalization;
using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Copies;
using EarlyWarning.Catalogue.Rules;
using EarlyWarning.Contracts.Catalogue;
using EarlyWarning.Indicators.Catalogue;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Paging;
using EarlyWarning.ServiceDefaults.Requests;
using Grpc.Core;

namespace EarlyWarning.Indicators.Api;

/// <summary>
/// Serves indicators and frameworks. Reads come from this silo's catalogue, which is refreshed before a write is answered.
/// </summary>
internal sealed class CatalogueApi(SiloCatalogue catalogue, IGrainFactory grains, PageTokens tokens)
    : V1.CatalogueService.CatalogueServiceBase
{
    public override Task<V1.GetIndicatorResponse> GetIndicator(V1.GetIndicatorRequest request, ServerCallContext context) =>
        ResourceForm.IdOf(request.Name, ResourceForm.Indicators) is { } code
        && catalogue.State.Indicators.TryGetValue(code, out var indicator)
            ? Task.FromResult(new V1.GetIndicatorResponse { Indicator = indicator })
            : throw Fault.NotFound(request.Name);

    public override Task<V1.ListIndicatorsResponse> ListIndicators(V1.ListIndicatorsRequest request, ServerCallContext context)
    {
        var page = Page.Of(tokens, request, request.PageToken, request.PageSize, 100, 1_000, catalogue.State.Indicators.Values);
        return Task.FromResult(new V1.ListIndicatorsResponse { Indicators = { page.Items }, NextPageToken = page.NextToken });
    }

    public override async Task<V1.CreateIndicatorsResponse> CreateIndicators(V1.CreateIndicatorsRequest request, ServerCallContext context)
    {
        var change = await Grain
            .CreateIndicatorsAsync(request.Indicators, request.ValidateOnly, Kept(context))
            .WaitAsync(context.CancellationToken);
        await FinishAsync(change, context);
        return new V1.CreateIndicatorsResponse().With(change);
    }

    public override Task<V1.GetFrameworkResponse> GetFramework(V1.GetFrameworkRequest request, ServerCallContext context)
    {
        if (ResourceForm.IdOf(request.Name, ResourceForm.Frameworks)?.Split('/') is { } parts)
        {
            var state = catalogue.State;
            var versions = state.VersionsOf(parts[0]);
            var found = parts switch
            {
                [_] => versions?[^1],
                [_, "versions", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
                    versions?.Find(version => version.Number == number),
                _ => null,
            };
            if (found is not null)
            {
                return Task.FromResult(new V1.GetFrameworkResponse { Framework = Shown(state, parts[0], found) });
            }
        }

        throw Fault.NotFound(request.Name);
    }

    public override Task<V1.ListFrameworksResponse> ListFrameworks(V1.ListFrameworksRequest request, ServerCallContext context)
    {
        var state = catalogue.State;
        List<V1.Framework> all;
        if (request.Parent.Length == 0)
        {
            var ids = request.ShowRetired
                ? state.Frameworks.Keys.Concat(state.RetiredFrameworks.Keys).Order(StringComparer.Ordinal)
                : state.Frameworks.Keys;
            all = [.. ids.Select(id => Shown(state, id, state.VersionsOf(id)![^1]))];
        }
        else if (ResourceForm.IdOf(request.Parent, ResourceForm.Frameworks) is { } id && state.VersionsOf(id) is { } versions)
        {
            all = [.. versions.Reverse().Select(version => Shown(state, id, version))];
        }
        else
        {
            throw Fault.NotFound(request.Parent);
        }

        var page = Page.Of(tokens, request, request.PageToken, request.PageSize, 20, 100, all);
        return Task.FromResult(new V1.ListFrameworksResponse { Frameworks = { page.Items }, NextPageToken = page.NextToken });
    }

    public override async Task<V1.CreateFrameworkResponse> CreateFramework(V1.CreateFrameworkRequest request, ServerCallContext context)
    {
        if (request.Framework is null)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, "framework", "There is no framework. Send one.");
        }

        var change = await Grain
            .CreateFrameworkAsync(request.Framework, request.Indicators, request.ValidateOnly, Kept(context))
            .WaitAsync(context.CancellationToken);
        await FinishAsync(change, context);
        return new V1.CreateFrameworkResponse().With(change);
    }

    public override async Task<V1.RetireFrameworkResponse> RetireFramework(V1.RetireFrameworkRequest request, ServerCallContext context)
    {
        var change = await Grain
            .RetireFrameworkAsync(request.Name, request.Etag, request.ValidateOnly, Kept(context))
            .WaitAsync(context.CancellationToken);
        await FinishAsync(change, context);
        return new V1.RetireFrameworkResponse().With(change);
    }

    public override Task<V1.LoadFrameworkFileResponse> LoadFrameworkFile(V1.LoadFrameworkFileRequest request, ServerCallContext context) =>
        SentFiles.LoadAsync(request, catalogue, Grain, context.CancellationToken);

    private ICatalogueGrain Grain => grains.GetGrain<ICatalogueGrain>(0);

    private static V1.Framework Shown(CatalogueState state, string id, FrameworkVersion version) =>
        FrameworkVersions.Shown(version, state.VersionsOf(id)!, state.Retired.GetValueOrDefault(ResourceForm.Frameworks + id));

    private static KeptRequest? Kept(ServerCallContext context) => KeptRequest.Of(RequestMarks.Of(context));

    private Task FinishAsync(CatalogueChange change, ServerCallContext context)
    {
        CatalogueFaults.ThrowIfAny(change);
        return change.Revision > catalogue.Current.Revision ? catalogue.RefreshAsync(context.CancellationToken) : Task.CompletedTask;
    }
}
