using EarlyWarning.Notification.Directory;
using EarlyWarning.ServiceDefaults.Status;

namespace EarlyWarning.Notification.Status;

/// <summary>The line of the directory. It is known without the store.</summary>
internal sealed class DirectoryStatus(DirectorySource directory) : IStatusSource
{
    private static readonly Gauge s_recipients = new(
        "earlywarning.notification.directory.recipients",
        "{recipient}",
        "Recipients in the directory."
    );

    private static readonly Gauge s_refused = new(
        "earlywarning.notification.directory.refused",
        null,
        "1 while the directory's file as it is now is not in force."
    );

    public string Name => "directory";

    public V1.Heading Heading => V1.Heading.Path;

    public bool IsOfProcess => true;

    public IReadOnlyList<Gauge> Gauges { get; } = [s_recipients, s_refused];

    public Task<StatusReport> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult<StatusReport>(
            new([Line()], [s_recipients.Is(directory.Current.Entries.Count), s_refused.Is(directory.Problem.Length > 0)])
        );

    private V1.StatusLine Line()
    {
        var entries = directory.Current.Entries;
        var line = new V1.StatusLine
        {
            Subject = "directory",
            Health = V1.Health.Ok,
            Text =
                $"Recipients: {entries.Count}, operators among them: {entries.Count(e => e.Recipient.Role == V1.Role.Operator)}. From "
                + $"{directory.File}.",
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
            line.Action =
                $"Write {directory.File}: under 'recipients' an id, name, role and channels each, such as role operator with channels "
                + "[inbox]; it is read within seconds.";
        }

        return line;
    }
}
