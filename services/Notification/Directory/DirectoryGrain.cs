using EarlyWarning.Contracts.Notifications;
using Orleans.Concurrency;

namespace EarlyWarning.Notification.Directory;

/// <summary>Answers from the directory in force; keeps nothing of its own.</summary>
[StatelessWorker]
internal sealed class DirectoryGrain(DirectorySource directory) : Grain, IDirectoryGrain
{
    public Task<V1.Recipient?> GetAsync(string name) => Task.FromResult(directory.Current.Find(name)?.Recipient);

    public Task<IReadOnlyList<V1.Recipient>> ListAsync() =>
        Task.FromResult<IReadOnlyList<V1.Recipient>>([.. directory.Current.Entries.Select(e => e.Recipient)]);

    public Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> OrganisationsAsync() =>
        Task.FromResult(directory.Current.Organisations);
}
