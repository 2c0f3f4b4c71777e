namespace EarlyWarning.Messaging.Outbox;

/// <summary>The app ids whose services run in this process, which publishes what is owed under them and nothing else.</summary>
/// <param name="Ids">The ids, each once.</param>
internal sealed record OutboxApps(IReadOnlyList<string> Ids);
