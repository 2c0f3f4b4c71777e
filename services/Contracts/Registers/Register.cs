using System.Globalization;

namespace EarlyWarning.Contracts.Registers;

/// <summary>A page of a register.</summary>
/// <typeparam name="T">What it keeps.</typeparam>
/// <param name="Items">The page.</param>
/// <param name="Position">The position of the newest change in the register when the list began.</param>
/// <param name="Total">How many the filter keeps on all pages.</param>
[GenerateSerializer, Immutable, Alias("register`1")]
public sealed record Register<T>([property: Id(0)] IReadOnlyList<T> Items, [property: Id(1)] long Position, [property: Id(2)] long Total);

/// <summary>
/// The place of an item in a listing, newest first. It rests on what never changes of the item, so that a page does not depend on what
/// happens between two.
/// </summary>
/// <param name="Time">The time by which it is listed, in ticks.</param>
/// <param name="Name">Its name.</param>
/// <param name="Past">Whether it is listed after all that are open, because it is over.</param>
[GenerateSerializer, Immutable, Alias("register-key")]
public sealed record RegisterKey([property: Id(0)] long Time, [property: Id(1)] string Name, [property: Id(2)] bool Past = false)
{
    /// <summary>Reads a key that <see cref="ToString"/> has written; <see langword="null"/> where it is none.</summary>
    public static RegisterKey? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return
            text.Split('|') is [var ticks, ("open" or "past") and var part, { Length: > 0 } name]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            ? new(time, name, part == "past")
            : null;
    }

    /// <summary>The key for a page token.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Time}|{(Past ? "past" : "open")}|{Name}");
}

/// <summary>Changes of a register.</summary>
/// <typeparam name="T">What it keeps.</typeparam>
/// <param name="Items">Oldest first.</param>
/// <param name="Position">Where to go on.</param>
/// <param name="Expired">The position asked for is older than what is kept.</param>
[GenerateSerializer, Immutable, Alias("register-changes`1")]
public sealed record RegisterChanges<T>(
    [property: Id(0)] IReadOnlyList<RegisterChange<T>> Items,
    [property: Id(1)] long Position,
    [property: Id(2)] bool Expired
)
{
    /// <summary>
    /// The changes by position and where to go on, as a watch takes them; <see langword="null"/> where they are not kept any more.
    /// </summary>
    public (IReadOnlyList<(long Position, T Item)> Items, long Position)? Kept() =>
        Expired ? null : ([.. Items.Select(change => (change.Position, change.Item))], Position);
}

/// <summary>One change of a register.</summary>
/// <typeparam name="T">What it keeps.</typeparam>
/// <param name="Position">Its position.</param>
/// <param name="Item">The state after it.</param>
[GenerateSerializer, Immutable, Alias("register-change`1")]
public sealed record RegisterChange<T>([property: Id(0)] long Position, [property: Id(1)] T Item);
