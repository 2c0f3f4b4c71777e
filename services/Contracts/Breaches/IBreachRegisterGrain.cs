namespace EarlyWarning.Contracts.Breaches;

/// <summary>All breaches of all countries, in the order in which their changes were recorded. Key: 0.</summary>
public interface IBreachRegisterGrain : IGrainWithIntegerKey
{
    /// <summary>Gets a breach by name, or <see langword="null"/>.</summary>
    Task<V1.Breach?> GetAsync(string name);

    /// <summary>Lists breaches, newest first, with the position of the newest change.</summary>
    Task<Register<V1.Breach>> ListAsync(V1.ListBreachesRequest filter, int skip, int take);

    /// <summary>
    /// Gets changes after a position, oldest first; waits up to some seconds where there is none. <see cref="RegisterChanges{T}.Expired"/> where
    /// the position is older than what is kept.
    /// </summary>
    Task<RegisterChanges<V1.Breach>> ChangesAfterAsync(long position, int take);

    /// <summary>Gets the breaches whose explanation names an observation.</summary>
    Task<IReadOnlyList<V1.Breach>> MovedByAsync(string observationId);
}

/// <summary>A page of a register.</summary>
/// <typeparam name="T">What it keeps.</typeparam>
/// <param name="Items">The page.</param>
/// <param name="Position">The position of the newest change in the register.</param>
[GenerateSerializer, Immutable, Alias("register`1")]
public sealed record Register<T>([property: Id(0)] IReadOnlyList<T> Items, [property: Id(1)] long Position);

/// <summary>Changes of a register.</summary>
/// <typeparam name="T">What it keeps.</typeparam>
/// <param name="Items">Oldest first.</param>
/// <param name="Position">Where to go on.</param>
/// <param name="Expired">The position asked for is older than what is kept.</param>
[GenerateSerializer, Immutable, Alias("register-changes`1")]
public sealed record RegisterChanges<T>([property: Id(0)] IReadOnlyList<RegisterChange<T>> Items, [property: Id(1)] long Position, [property: Id(2)] bool Expired);

/// <summary>One change of a register.</summary>
/// <typeparam name="T">What it keeps.</typeparam>
/// <param name="Position">Its position.</param>
/// <param name="Item">The state after it.</param>
[GenerateSerializer, Immutable, Alias("register-change`1")]
public sealed record RegisterChange<T>([property: Id(0)] long Position, [property: Id(1)] T Item);
