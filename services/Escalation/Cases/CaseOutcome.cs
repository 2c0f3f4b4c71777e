using static EarlyWarning.V1.CaseEntry.Types;
using State = EarlyWarning.V1.Notification.Types.State;

namespace EarlyWarning.Escalation.Cases;

/// <summary>What became of a notification, as a case records it.</summary>
internal static class CaseOutcome
{
    /// <summary>The entry; <see langword="null"/> where nothing has become of it yet.</summary>
    public static V1.CaseEntry? Of(V1.Notification notification)
    {
        var who = $"{notification.RecipientName} ({notification.Recipient})";
        var (kind, text, time) = notification.State switch
        {
            State.Delivered or State.Read or State.Acknowledged => (
                Kind.Told,
                $"{who} was told: {notification.Subject}",
                notification.DeliverTime
            ),
            State.Unaddressed => (Kind.NotTold, $"Nobody could be told: {notification.Reason}", null),
            State.GivenUp => (
                Kind.NotTold,
                $"{who} could not be told: {LastDetail(notification)}",
                notification.Receipts.LastOrDefault()?.AttemptTime
            ),
            _ => (Kind.Unspecified, "", null),
        };
        return kind == Kind.Unspecified
            ? null
            : new()
            {
                Kind = kind,
                Text = text,
                Time = time ?? notification.CreateTime,
                Step = notification.Step,
                Climb = notification.Climb,
                Resource = notification.Name,
                Actor = CaseChangeBuilder.Suite,
            };
    }

    private static string LastDetail(V1.Notification notification) =>
        notification.Receipts.LastOrDefault(receipt => !receipt.Delivered)?.Detail is { Length: > 0 } detail
            ? detail
            : "every channel gave up.";
}
