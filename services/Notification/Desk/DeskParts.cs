using EarlyWarning.Notification.Delivery;
using EarlyWarning.Notification.Directory;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Notification.Desk;

/// <summary>What the desk works with: one of each for the process.</summary>
internal sealed record DeskParts(
    IJournals Journals,
    DirectorySource Directory,
    WebhookSender Sender,
    Destinations Destinations,
    NotificationOptions Options,
    TimeProvider Time);
