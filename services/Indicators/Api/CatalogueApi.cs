using System.Globalization;
using EarlyWarning.Contracts.Catalogue;
using EarlyWarning.Indicators.Catalogue;
using EarlyWarning.ServiceDefaults.Errors;
using Grpc.Core;

namespace EarlyWarning.Indicators.Api;

/// <summary>Serves indicators and frameworks. Reads come from this silo's catalogue, which is refreshed before a write is answered.</summary>
internal sealed class CatalogueApi(SiloCatalogue catalogue, IGrainFactory grains) : V1.CatalogueService.CatalogueServiceBase
{
    public override Task<V1.GetIndicatorResponse> GetIndicator(V1.GetIndicatorRequest request, ServerCallContext context)
        => ResourceForm.IdOf(request.Name, ResourceForm.Indicators) is { } code && catalogue.State.Indicators.TryGetValue(code, out var indicator)
            ? Task.FromResult(new V1.GetIndicatorResponse { Indicator = indicator })
            : throw Fault.NotFound(request.Name);

    public override Task<V1.ListIndicatorsResponse> ListIndicators(V1.ListIndicatorsRequest request, ServerCallContext context)
    {
        var page = Page.Of(request, request.PageToken, request.PageSize, 100, 1_000, catalogue.State.Indicators.Values);
        return Task.FromResult(new V1.ListIndicatorsResponse { Indicators = { page.Items }, NextPageToken = page.NextToken });
    }

    public override async Task<V1.CreateIndicatorsResponse> CreateIndicators(V1.CreateIndicatorsRequest request, ServerCallContext context)
    {
        var change = await Grain.CreateIndicatorsAsync(request.Indicators, request.ValidateOnly).WaitAsync(context.CancellationToken);
        await FinishAsync(change, context);
        return new() { Indicators = { change.Indicators } };
    }

    public override Task<V1.GetFrameworkResponse> GetFramework(V1.GetFrameworkRequest request, ServerCallContext context)
    {
        if (ResourceForm.IdOf(request.Name, ResourceForm.Frameworks)?.Split('/') is { } parts)
        {
            var versions = catalogue.State.Frameworks.GetValueOrDefault(parts[0]);
            var found = parts switch
            {
                [_] => versions?[^1],
                [_, "versions", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    => versions?.Find(version => version.Number == number),
                _ => null,
            };
            if (found is not null)
            {
                return Task.FromResult(new V1.GetFrameworkResponse { Framework = Shown(found, versions!) });
            }
        }

        throw Fault.NotFound(request.Name);
    }

    public override Task<V1.ListFrameworksResponse> ListFrameworks(V1.ListFrameworksRequest request, ServerCallContext context)
    {
        var frameworks = catalogue.State.Frameworks;
        List<V1.Framework> all;
        if (request.Parent.Length == 0)
        {
            all = [.. frameworks.Values.Select(versions => versions[^1].Definition)];
        }
        else if (ResourceForm.IdOf(request.Parent, ResourceForm.Frameworks) is { } id && frameworks.TryGetValue(id, out var versions))
        {
            all = [.. versions.Reverse().Select(version => Shown(version, versions))];
        }
        else
        {
            throw Fault.NotFound(request.Parent);
        }

        var page = Page.Of(request, request.PageToken, request.PageSize, 20, 100, all);
        return Task.FromResult(new V1.ListFrameworksResponse { Frameworks = { page.Items }, NextPageToken = page.NextToken });
    }

    public override async Task<V1.CreateFrameworkResponse> CreateFramework(V1.CreateFrameworkRequest request, ServerCallContext context)
    {
        if (request.Framework is null)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, "framework", "There is no framework. Send one.");
        }

        var change = await Grain.CreateFrameworkAsync(request.Framework, request.Indicators, request.ValidateOnly).WaitAsync(context.CancellationToken);
        await FinishAsync(change, context);
        return new() { Framework = change.Framework };
    }

    public override Task<V1.LoadFrameworkFileResponse> LoadFrameworkFile(V1.LoadFrameworkFileRequest request, ServerCallContext context)
        => SentFiles.LoadAsync(request, catalogue, Grain, context.CancellationToken);

    private ICatalogueGrain Grain => grains.GetGrain<ICatalogueGrain>(0);

    private Task FinishAsync(CatalogueChange change, ServerCallContext context)
    {
        CatalogueFaults.ThrowIfAny(change);
        return change.Revision > catalogue.Current.Revision ? catalogue.RefreshAsync(context.CancellationToken) : Task.CompletedTask;
    }

    private static V1.Framework Shown(FrameworkVersion version, IReadOnlyList<FrameworkVersion> versions)
    {
        if (ReferenceEquals(version, versions[^1]))
        {
            return version.Definition;
        }

        var former = version.Definition.Clone();
        former.Active = false;
        return former;
    }
}
