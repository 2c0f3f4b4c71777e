using EarlyWarning.Contracts.Notifications;

namespace EarlyWarning.Escalation.Tests.Infrastructure;

/// <summary>The directory of <see cref="Some"/>.</summary>
public sealed class TestDirectoryGrain : Grain, IDirectoryGrain
{
    public Task<V1.Recipient?> GetAsync(string name) => Task.FromResult(Some.Directory.FirstOrDefault(recipient => recipient.Name == name));

    public Task<IReadOnlyList<V1.Recipient>> ListAsync() => Task.FromResult(Some.Directory);
}
