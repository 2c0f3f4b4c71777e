namespace EarlyWarning.Store.Continuity;

/// <summary>Why a store is refused, for an operator: what was found, what it may mean and what to do.</summary>
internal sealed class ContinuityWords(string place, string folder, bool running)
{
    private string Place => char.ToUpperInvariant(place[0]) + place[1..];

    private string TakeOver =>
        running
            ? "`ew resume` takes over what is there, under a new epoch."
            : "Starting once with --resume takes over what is there, under a new epoch.";

    public string Mode(bool exercise) =>
        exercise
            ? $"{Place} is an exercise's, and this suite is not. An exercise shares nothing with actual data: name another one with "
                + "--store or --data."
            : $"{Place} holds actual data, and this suite is an exercise. An exercise shares nothing with actual data: name another one "
                + "with --store or --data.";

    public string Emptied(StoreMark? mark) =>
        mark is null
            ? $"{Place} was emptied: it has the suite's tables and no longer says which store it is. Restore it from a backup. {TakeOver}"
            : $"{Place} was deleted or emptied: the data folder {folder} knows a store {mark.Identity} with {mark.Beat} beats, and nothing "
                + $"of it is there. Put it back, or restore a backup into an empty folder with --restore. {TakeOver}";

    public string Foreign(StoreIdentity found) =>
        $"{Place} belongs to the suite whose owner mark is {found.Owner}, and the data folder {folder} is not that one's. Name that "
        + $"suite's folder with --data, or another store. If that suite is gone for good: {TakeOver}";

    public string Replaced(StoreIdentity found, StoreMark mark) =>
        $"{Place} is another suite's store ({found.Identity}, owner mark {found.Owner}) than the one that the data folder {folder} "
        + $"knows ({mark.Identity}). Put the right one back, or name its folder with --data. {TakeOver}";

    public string Taken(StoreIdentity found, StoreMark mark) =>
        $"{Place} was taken over by somebody else: it is in epoch {found.Epoch}, under the owner mark {found.Owner}, and the data "
        + $"folder {folder} knows epoch {mark.Epoch}. Two suites must not use one store: leave it to the other one, or stop that "
        + $"one. {TakeOver}";

    /// <summary>Another process of the suite has taken it over.</summary>
    public string TakenByOther(StoreIdentity found, StoreMark mark) =>
        $"{Place} was taken over by another process of the suite: it is in epoch {found.Epoch}, and this process knows epoch {mark.Epoch}. "
        + $"What this process has read may be newer than the store, so it ends here and is to be started anew.";

    /// <summary>A process that is alone has taken it.</summary>
    public string TakenAlone(string other) =>
        $"{Place} is in the hands of a process that has it for itself ({other}), which began while this one was silent. One process that "
        + $"is alone and several that share never use one store together: start this process anew once that one is stopped.";

    /// <summary>The others count this process as gone.</summary>
    public string GivenUp =>
        $"{Place} no longer has the row of this process, which was silent for too long: the others have gone on without it. It ends here "
        + $"and is to be started anew.";

    /// <summary>Nothing may be written any more; the next look says why.</summary>
    public string Lost => $"{Place} was taken over by somebody else, and is not this process's any longer.";

    /// <summary>Others share it.</summary>
    public string InUse(IReadOnlyList<string> others) =>
        $"{Place} is in use by {(others.Count == 1 ? "another process" : $"{others.Count} other processes")}: "
        + $"{string.Join("; ", others)}. A process that "
        + "is alone has its store for itself: stop the others, or start this one with --cluster and --peer, as one of them. One that was "
        + "killed counts "
        + "as gone after 5 s.";

    /// <summary>One that is alone has it.</summary>
    public string Alone(string other) =>
        $"{Place} is in use by a process that has it for itself ({other}). Stop that one, or start it with --cluster and --peer too, so "
        + $"that the two share it. One that was killed counts as gone after 5 s.";

    public string Behind(string what) =>
        $"{Place} is behind what it had acknowledged ({what}): it was restored, rolled back or failed over, and what came after is not "
        + $"in it. Put the right one back. {TakeOver}";

    public static string Beats(long found, long known) => $"it has {found} beats, one a second, and had {known}";

    public string Written(string what) =>
        $"{Place} was written by somebody else while this suite had it ({what}). Find out who it was, stop that, and look at the "
        + $"store. {TakeOver}";

    public static string FailedOver(string place) =>
        $"Another server than before answers as {place}, and the suite had not been stopped cleanly: if it was failed over to an "
        + "asynchronous standby, up to a second of what was acknowledged may be missing. Ask the senders for what they sent last.";

    public static string Quiet(string why) =>
        $"The store is quiet ({why}): it can be read, and nothing is taken in and nothing is sent until somebody says that this is the "
        + "one. If no other suite works with the same data, `ew resume` says so.";
}
