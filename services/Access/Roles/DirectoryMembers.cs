using EarlyWarning.Contracts.Notifications;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Access.Roles;

/// <summary>
/// The members of organisations as the directory has them, looked at every second. While it cannot be asked the last answer holds; before
/// the first one no organisation has members, so a role that is bound to one reaches nothing. Nor has any where there are no grains to ask.
/// </summary>
#pragma warning disable CA1001 // The sources of tokens have neither timer nor handle and leave nothing but memory.
internal sealed class DirectoryMembers(TimeProvider time, ILogger<DirectoryMembers> logger, IGrainFactory? grains = null)
    : BackgroundService,
        IOrganisations
#pragma warning restore CA1001
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private volatile IReadOnlyDictionary<string, IReadOnlyList<string>> _members = new Dictionary<string, IReadOnlyList<string>>();
    private volatile CancellationTokenSource _changed = new();
    private bool _answered = true;

    public CancellationToken Changed => _changed.Token;

    public IReadOnlyCollection<string> MembersOf(string organisation) => _members.GetValueOrDefault(organisation, []);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_every, time);
        try
        {
            while (grains is not null)
            {
                await LookAsync(grains, stoppingToken);
                await timer.WaitForNextTickAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The suite stops.
        }
    }

    private async Task LookAsync(IGrainFactory asked, CancellationToken cancellationToken)
    {
        try
        {
            Take(await asked.GetGrain<IDirectoryGrain>(0).OrganisationsAsync().WaitAsync(s_patience, time, cancellationToken));
            _answered = true;
        }
#pragma warning disable CA1031 // Whatever a look meets, the next one is made.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            if (_answered)
            {
                logger.DirectoryNotRead(exception.Message);
            }

            _answered = false;
        }
    }

    private void Take(IReadOnlyDictionary<string, IReadOnlyList<string>> members)
    {
        var before = _members;
        if (
            before.Count == members.Count
            && members.All(one => before.TryGetValue(one.Key, out var same) && same.SequenceEqual(one.Value, StringComparer.Ordinal))
        )
        {
            return;
        }

        _members = members;
        var changed = Interlocked.Exchange(ref _changed, new());
        _ = changed.CancelAsync();
    }
}

internal static partial class DirectoryMembersLog
{
    [LoggerMessage(
        8021,
        LogLevel.Warning,
        "The members of organisations cannot be read from the directory; the last that were read hold: {Reason}"
    )]
    public static partial void DirectoryNotRead(this ILogger logger, string reason);
}
