using EarlyWarning.Notification.Directory;
using EarlyWarning.Notification.Dispatching;
using EarlyWarning.ServiceDefaults.Status;

namespace EarlyWarning.Notification.Status;

/// <summary>The lines of this service: the directory, then what is owed.</summary>
internal sealed class NotificationStatus(DirectorySource directory, OwedReader owed, Destinations destinations, TimeProvider time) : IStatusSource
{
    public async Task<IReadOnlyList<V1.StatusLine>> GetLinesAsync(CancellationToken cancellationToken) =>
        [DirectoryLine(), .. OwedStatus.Lines(await owed.ReadAsync(cancellationToken), destinations.Failing, time.GetUtcNow())];

    private V1.StatusLine DirectoryLine()
    {
        var entries = directory.Current.Entries;
        var line = new V1.StatusLine
        {
            Subject = "directory",
            Health = V1.Health.Ok,
            Text = $"Recipients: {entries.Count}, operators among them: {entries.Count(e => e.Recipient.Role == V1.Role.Operator)}. From {directory.File}.",
        };
        if (directory.Problem.Length > 0)
        {
            line.Health = V1.Health.Attention;
            line.Text += $" The file as it is now is not in force: {directory.Problem}";
            line.Action = $"Correct {directory.File}; it is read again when it changes.";
        }
        else if (entries.Count == 0)
        {
            line.Health = V1.Health.Failing;
            line.Text = $"NOBODY CAN BE TOLD: {directory.File} is missing or names no recipient. Breaches are kept and listed as not told.";
            line.Action = $"Write {directory.File}: under 'recipients' an id, name, role and channels each, such as role operator with channels [inbox]; it is read within seconds.";
        }

        return line;
    }
}
