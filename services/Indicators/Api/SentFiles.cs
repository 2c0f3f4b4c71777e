using EarlyWarning.Catalogue.Copies;
using EarlyWarning.Catalogue.Files;
using EarlyWarning.Contracts.Catalogue;
using EarlyWarning.Indicators.Loading;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.Store.Faults;
using EarlyWarning.Yaml;
using Grpc.Core;

namespace EarlyWarning.Indicators.Api;

/// <summary>Loads, or only checks, a framework file that came with a request, by the reader that loads those of the data folder.</summary>
internal static class SentFiles
{
    private const int MostFiles = 200;
    private const int LongestName = 200;

    /// <summary>Loads it.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT where the request is wrong; what is wrong in a file is answered.</exception>
    public static async Task<V1.LoadFrameworkFileResponse> LoadAsync(
        V1.LoadFrameworkFileRequest request,
        SiloCatalogue catalogue,
        ICatalogueGrain grain,
        CancellationToken cancellationToken
    )
    {
        var (folder, first) = Read(request);
        var response = new V1.LoadFrameworkFileResponse();
        try
        {
            var file = FrameworkFileReader.Read(folder, first);
            var loading = new FileLoading(file, catalogue, grain, request.ValidateOnly);
            response.Framework = file.Framework?.Name ?? "";
            response.Problems.AddRange((await loading.RunAsync(cancellationToken)).Select(ProblemOf));
            response.FrameworkKnown = loading.FrameworkKnown;
            response.NewIndicators.AddRange(loading.NewIndicators);
            response.NewThresholds.AddRange(loading.NewThresholds);
            response.RetiredThresholds.AddRange(loading.RetiredThresholds);
            response.UncheckedThresholds.AddRange(loading.UncheckedThresholds);
        }
        catch (FaultyFileException exception)
        {
            response.Problems.AddRange(exception.Faults.Select(ProblemOf));
        }
        catch (StoreUnavailableException exception)
        {
            throw Fault.Of(StatusCode.Unavailable, V1.ErrorReason.StoreUnavailable, exception.Message);
        }

        return response;
    }

    private static (SentFolder Folder, string First) Read(V1.LoadFrameworkFileRequest request)
    {
        if (request.Files.Count is 0 or > MostFiles)
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                "files",
                $"Send 1 to {MostFiles} files, the framework file first; there are {request.Files.Count}."
            );
        }

        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < request.Files.Count; i++)
        {
            var name = SentFolder.Tidy(request.Files[i].Name);
            if (name.Length is 0 or > LongestName)
            {
                throw Fault.Field(V1.ErrorReason.InvalidField, $"files[{i}].name", $"A file has a name of 1 to {LongestName} characters.");
            }

            if (!files.TryAdd(name, request.Files[i].Text))
            {
                throw Fault.Field(V1.ErrorReason.InvalidField, $"files[{i}].name", $"'{name}' is there twice. Leave one out.");
            }
        }

        var first = SentFolder.Tidy(request.Files[0].Name);
        return (new(files, first), first);
    }

    private static V1.FileProblem ProblemOf(FileFault fault) =>
        new()
        {
            File = fault.Place.File,
            Line = fault.Place.Line,
            Column = fault.Place.Column,
            Path = fault.Place.Path,
            Message = fault.Message,
        };
}
