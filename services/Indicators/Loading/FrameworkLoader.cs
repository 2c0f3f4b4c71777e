using EarlyWarning.Catalogue.Copies;
using EarlyWarning.Catalogue.Files;
using EarlyWarning.Contracts.Catalogue;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.Yaml;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Indicators.Loading;

/// <summary>
/// Brings the files that come with the suite, and those in the data folder's <c>frameworks</c>, into the catalogue at the start. A user's
/// file takes the place of a packaged one with the same framework. What was loaded before changes nothing, also where it was edited since,
/// and
/// what was retired stays so: a file of a retired framework is passed over, which the log and the status say.
/// </summary>
internal sealed class FrameworkLoader(
    SiloCatalogue catalogue,
    IGrainFactory grains,
    Suite suite,
    TimeProvider time,
    ILogger<FrameworkLoader> logger
) : BackgroundService
{
    // Short, because the first attempt often comes just before the silo is up, and readiness waits for it.
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(200);

    private readonly List<string> _passedOver = [];
    private volatile IReadOnlyList<FileFault>? _faults;

    /// <summary>Gets whether every file was loaded or refused.</summary>
    public bool Done => _faults is not null;

    /// <summary>Gets what was wrong with the files; empty while they are being loaded.</summary>
    public IReadOnlyList<FileFault> Faults => _faults ?? [];

    /// <summary>Gets the files that were passed over, because their framework was retired; empty while they are being loaded.</summary>
    public IReadOnlyList<string> PassedOver => Done ? _passedOver : [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var faults = new List<FileFault>();
        foreach (var file in ReadAll(faults))
        {
            await LoadUntilAnsweredAsync(file, faults, stoppingToken);
        }

        foreach (var fault in faults)
        {
            logger.Refused(fault.ToString());
        }

        _faults = faults;
    }

    private IEnumerable<FrameworkFile> ReadAll(List<FileFault> faults)
    {
        var users = Read(FileFolder.At(Path.Combine(suite.DataDirectory, "frameworks")), faults);
        var replaced = users.Select(file => file.Framework?.Name).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Read(FileFolder.Packaged, faults).Where(file => file.Framework is null || !replaced.Contains(file.Framework.Name)),
            .. users,
        ];
    }

    private static List<FrameworkFile> Read(FileFolder folder, List<FileFault> faults)
    {
        var files = new List<FrameworkFile>();
        foreach (var name in folder.List())
        {
            try
            {
                files.Add(FrameworkFileReader.Read(folder, name));
            }
            catch (FaultyFileException exception)
            {
                faults.AddRange(exception.Faults);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                faults.Add(new(Place.Whole(folder.Shown(name)), $"The file cannot be read: {exception.Message}"));
            }
        }

        return files;
    }

    private async Task LoadUntilAnsweredAsync(FrameworkFile file, List<FileFault> faults, CancellationToken cancellationToken)
    {
        for (var told = false; ; told = true)
        {
            try
            {
                await catalogue.RefreshAsync(cancellationToken);
                if (file.Framework is { } framework && catalogue.State.Retired.ContainsKey(framework.Name))
                {
                    _passedOver.Add(file.Name);
                    logger.PassedOver(file.Name, framework.Name);
                    return;
                }

                faults.AddRange(await new FileLoading(file, catalogue, grains.GetGrain<ICatalogueGrain>(0)).RunAsync(cancellationToken));
                logger.FrameworkLoaded(file.Name, catalogue.Current.Revision);
                return;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // The silo or the store is not up yet, or is away for a moment: the file waits for it.
                if (!told)
                {
                    logger.Waiting(file.Name, exception.Message);
                }

                await Task.Delay(s_again, time, cancellationToken);
            }
        }
    }
}
