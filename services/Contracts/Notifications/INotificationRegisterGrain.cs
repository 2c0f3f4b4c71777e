namespace EarlyWarning.Contracts.Notifications;

/// <summary>All notifications: who is told what, and what became of it. Reads only. Key: 0.</summary>
/// <remarks>
/// Called by whoever answers for notifications and explains why nobody was told. Each process that runs the service has activations of its
/// own, which read the store and keep nothing; calls go beside each other.
/// </remarks>
public interface INotificationRegisterGrain : IGrainWithIntegerKey
{
    /// <summary>Gets a notification by name, or <see langword="null"/>.</summary>
    Task<V1.Notification?> GetAsync(string name);

    /// <summary>
    /// Lists the newest notifications, newest first. Where the directory named nobody, one with an empty recipient says in its reason whom
    /// to add.
    /// </summary>
    Task<IReadOnlyList<V1.Notification>> ListAsync(V1.ListNotificationsRequest filter, int take);

    /// <summary>Says, one sentence each, why recipients in the directory were not told of a breach.</summary>
    /// <param name="breach">The breach's name.</param>
    /// <param name="country">Its country.</param>
    Task<IReadOnlyList<string>> WhyNotToldAsync(string breach, string country);
}

/// <summary>The directory of who may be told, as the file in force in one process of the service has it. Key: 0.</summary>
/// <remarks>Called by whoever has to know whom a role or an organisation stands for. Of two calls the second may find a newer
/// file.</remarks>
public interface IDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Gets a recipient by name, or <see langword="null"/>.</summary>
    Task<V1.Recipient?> GetAsync(string name);

    /// <summary>Lists the recipients by name.</summary>
    Task<IReadOnlyList<V1.Recipient>> ListAsync();

    /// <summary>Gets the codes of each organisation's member States, by its short name.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> OrganisationsAsync();
}
