namespace EarlyWarning.Contracts.Notifications;

/// <summary>All notifications: who is told what, and what became of it. Key: 0.</summary>
public interface INotificationDeskGrain : IGrainWithIntegerKey
{
    /// <summary>Gets a notification by name, or <see langword="null"/>.</summary>
    Task<V1.Notification?> GetAsync(string name);

    /// <summary>Lists notifications, newest first.</summary>
    Task<IReadOnlyList<V1.Notification>> ListAsync(V1.ListNotificationsRequest filter, int skip, int take);
}

/// <summary>The directory of who may be told. Key: 0.</summary>
public interface IDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Gets a recipient by name, or <see langword="null"/>.</summary>
    Task<V1.Recipient?> GetAsync(string name);

    /// <summary>Lists the recipients by name.</summary>
    Task<IReadOnlyList<V1.Recipient>> ListAsync();
}
