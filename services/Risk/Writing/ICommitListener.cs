using EarlyWarning.Risk.States;

namespace EarlyWarning.Risk.Writing;

/// <summary>Is told when the state of a country is ahead of the disk, and when the disk has it. Called by its writer, in turn.</summary>
internal interface ICommitListener
{
    /// <summary>An input is about to be applied: until <see cref="CommittedAsync"/> the state is not what is on the disk.</summary>
    void Applying();

    /// <summary>
    /// What was applied and decided is on the disk. The next input is applied after this has completed, so that whoever waited sees it.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="bytes">The length of the entries.</param>
    Task CommittedAsync(CountryState state, long bytes);
}
