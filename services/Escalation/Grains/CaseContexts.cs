using EarlyWarning.Contracts.Notifications;
using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Ladder;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Escalation.Grains;

/// <summary>Gets what cases are decided with: the ladder, and who is in the directory. Thread-safe.</summary>
internal sealed partial class CaseContexts(CaseLadder ladder, IGrainFactory grains, ILogger<CaseContexts> logger)
{
    private IDirectoryGrain Directory => grains.GetGrain<IDirectoryGrain>(0);

    /// <summary>Gets a recipient; <see langword="null"/> where the directory has none of the name.</summary>
    public Task<V1.Recipient?> RecipientAsync(string name) => Directory.GetAsync(name);

    /// <summary>Gets all of it.</summary>
    public async Task<CaseContext> GetAsync(string country, DateTimeOffset now)
    {
        try
        {
            return new(ladder, await Directory.ListAsync(), now);
        }
#pragma warning disable CA1031 // A case must climb whatever the directory's service says; who is there to be told it says again later.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNoDirectory(country, exception.Message);
            return new(ladder, null, now);
        }
    }

    [LoggerMessage(4102, LogLevel.Warning, "Who may be asked in {Country} is not known now; everybody is taken to be there: {Reason}")]
    private partial void LogNoDirectory(string country, string reason);
}
