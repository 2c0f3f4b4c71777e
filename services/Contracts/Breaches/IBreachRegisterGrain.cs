using EarlyWarning.Contracts.Registers;

namespace EarlyWarning.Contracts.Breaches;

/// <summary>All breaches of all countries, in the order in which their changes were recorded. Reads only. Key: 0.</summary>
/// <remarks>
/// Called by whoever answers for breaches: each process has activations of its own, which read the store and keep nothing, and calls go
/// beside each other. An answer has what was committed before the call. A failure of the store is thrown and may be tried again.
/// </remarks>
public interface IBreachRegisterGrain : IGrainWithIntegerKey
{
    /// <summary>Gets a breach by name, or <see langword="null"/>.</summary>
    Task<V1.Breach?> GetAsync(string name);

    /// <summary>Lists breaches, the last fired first.</summary>
    /// <param name="filter">What is kept; an empty field keeps all.</param>
    /// <param name="after">The place of the last breach of the page before; <see langword="null"/> for the first page.</param>
    /// <param name="take">The most to list; 0 asks for the position of the newest change alone.</param>
    Task<Register<V1.Breach>> ListAsync(V1.ListBreachesRequest filter, RegisterKey? after, int take);

    /// <summary>
    /// Gets changes after a position, oldest first; waits up to some seconds where there is none. <see cref="RegisterChanges{T}.Expired"/>
    /// where the position is older than what is kept.
    /// </summary>
    Task<RegisterChanges<V1.Breach>> ChangesAfterAsync(long position, int take);

    /// <summary>Gets the breaches whose explanation names an observation.</summary>
    Task<IReadOnlyList<V1.Breach>> MovedByAsync(string observationId);
}
