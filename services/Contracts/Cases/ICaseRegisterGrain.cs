using EarlyWarning.Contracts.Registers;

namespace EarlyWarning.Contracts.Cases;

/// <summary>All cases: what breaches ask of people, and what people did. Reads only. Key: 0.</summary>
/// <remarks>
/// Called by whoever answers for cases: each process has activations of its own, which read the store and keep nothing, and calls go beside
/// each other. An answer has what was committed before the call. A failure of the store is thrown and may be tried again.
/// </remarks>
public interface ICaseRegisterGrain : IGrainWithIntegerKey
{
    /// <summary>Gets a case by name, with its newest 1,000 entries and breaches, or <see langword="null"/>.</summary>
    Task<V1.Case?> GetAsync(string name);

    /// <summary>Gets the case that a breach belongs to, likewise, or <see langword="null"/>.</summary>
    /// <param name="breach">The breach's name.</param>
    Task<V1.Case?> OfBreachAsync(string breach);

    /// <summary>Lists cases: open ones, newest first; then closed ones, the last closed first.</summary>
    /// <param name="filter">What is kept; an empty field keeps all.</param>
    /// <param name="after">The place of the last case of the page before; <see langword="null"/> for the first page.</param>
    /// <param name="take">The most to list; 0 asks for the position of the newest change alone.</param>
    Task<Register<V1.Case>> ListAsync(V1.ListCasesRequest filter, RegisterKey? after, int take);

    /// <summary>
    /// Gets changes after a position, oldest first; waits up to some seconds where there is none. <see cref="RegisterChanges{T}.Expired"/>
    /// where the position is older than what is kept. Of each the case as it stands, with the entries that the change added.
    /// </summary>
    Task<RegisterChanges<V1.Case>> ChangesAfterAsync(long position, int take);
}
