using System.Runtime.Versioning;
using EarlyWarning.Access.Keys;
using EarlyWarning.Access.Tests.Infrastructure;
using EarlyWarning.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Access.Tests.Keys;

/// <summary>What is in force in a running suite, whatever becomes of the file.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ApiKeysTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-05-01T12:00:20Z", null));
    private readonly TemporaryFolder _folder = new();
    private readonly KeyFile _file;

    public ApiKeysTests() => _file = new(_folder.In("keys.json"), _time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Look_KeyAddedAndRemoved_IsTakenAndRefused_AndTheOthersAreAsTheyWere()
    {
        var (_, staying) = await _file.AddAsync("staying", Any.Role, null, Cancel);
        var keys = new ApiKeys(_file);
        var held = keys.Find(staying)!;
        var own = keys.Find(keys.OwnKey)!;
        var (_, added) = await _file.AddAsync("added", Any.Role, null, Cancel);
        Assert.Null(keys.Find(added));

        keys.Look();
        var taken = keys.Find(added)!;
        await _file.RemoveAsync("added", null, Cancel);
        keys.Look();

        Assert.Null(keys.Find(added));
        Assert.True(taken.Ended.IsCancellationRequested);
        Assert.Same(held, keys.Find(staying));
        Assert.False(held.Ended.IsCancellationRequested);
        Assert.Same(own, keys.Find(keys.OwnKey));
        Assert.Equal("suite", own.Kept.Name);
        Assert.False(own.Ended.IsCancellationRequested);
        Assert.Equal("", keys.Problem);
    }

    [Fact]
    public void Find_KeyOfAnotherProcessOfTheSuite_IsTheSuite()
    {
        var (one, other) = (new ApiKeys(_file), new ApiKeys(_file));
        var alone = one.OwnKey;
        Assert.Null(other.Find(alone));
        var secret = "what they share";
        one.ShareOwn(() => secret);
        other.ShareOwn(() => secret);

        Assert.Equal("suite", other.Find(one.OwnKey)!.Kept.Name);
        Assert.Null(one.Find(alone));
        secret = "of the next epoch";
        Assert.Null(other.Find("what they share"));
        Assert.NotNull(other.Find(one.OwnKey));
    }

    [Fact]
    public async Task WriteUses_SeveralProcessesShareTheFile_KeepsTheLatestOfEach()
    {
        var (first, firstKey) = await _file.AddAsync("first", Any.Role, null, Cancel);
        var (second, secondKey) = await _file.AddAsync("second", Any.Role, null, Cancel);
        var (one, other) = (new ApiKeys(_file), new ApiKeys(_file));
        one.Mark(one.Find(firstKey)!);
        other.Mark(other.Find(secondKey)!);

        one.WriteUses();
        other.WriteUses();
        _time.Advance(TimeSpan.FromMinutes(2));
        one.Mark(one.Find(secondKey)!);
        one.WriteUses();
        other.WriteUses();

        var used = KeyUses.Read(KeyUses.PathBeside(_file))!.Used;
        Assert.Equal((12, 0), (used[first.Id].Hour, used[first.Id].Minute));
        Assert.Equal((12, 2), (used[second.Id].Hour, used[second.Id].Minute));
    }

    [Fact]
    public async Task Look_KeyThatHasExpired_IsRefusedAndItsStreamsEnd()
    {
        var (_, shown) = await _file.AddAsync("desk", Any.Role, _time.GetUtcNow().AddSeconds(10), Cancel);
        var keys = new ApiKeys(_file);
        var key = keys.Find(shown)!;
        keys.Look();
        Assert.False(keys.HasExpired(key) || key.Ended.IsCancellationRequested);

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(keys.HasExpired(key));
        keys.Look();

        Assert.True(key.Ended.IsCancellationRequested);
    }

    [Fact]
    public async Task Look_ClockThatWasAheadAndIsSetRight_BringsBackWhatHadExpiredByIt()
    {
        var clock = new MovedTime(TimeProvider.System);
        var file = new KeyFile(_file.Path, clock);
        var (_, shown) = await file.AddAsync("desk", Any.Role, clock.GetUtcNow().AddDays(1), Cancel);
        var keys = new ApiKeys(file);
        clock.Moved = TimeSpan.FromDays(2);
        keys.Look();
        Assert.True(keys.Find(shown)!.Ended.IsCancellationRequested);

        clock.Moved = TimeSpan.Zero;
        keys.Look();

        Assert.False(keys.Find(shown)!.Ended.IsCancellationRequested);
    }

    [Fact]
    public async Task Look_DamagedFile_LeavesTheLastGoodOneInForce_UntilItIsRight()
    {
        var (_, shown) = await _file.AddAsync("desk", Any.Role, null, Cancel);
        var good = await File.ReadAllTextAsync(_file.Path, Cancel);
        var keys = new ApiKeys(_file);
        var key = keys.Find(shown)!;

        _folder.Write("keys.json", "[{");
        keys.Look();
        Assert.Contains(_file.Path, keys.Problem, StringComparison.Ordinal);
        Assert.Same(key, keys.Find(shown));
        Assert.Throws<InvalidDataException>(() => new ApiKeys(_file));

        _folder.Write("keys.json", good);
        keys.Look();
        Assert.Equal("", keys.Problem);
        Assert.Same(key, keys.Find(shown));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("[]")]
    public async Task Look_FileThatIsGoneOrNamesNobody_RefusesEverybodyButTheSuite_UntilItIsBack(string? text)
    {
        var (_, shown) = await _file.AddAsync("desk", Any.Role, null, Cancel);
        var good = await File.ReadAllTextAsync(_file.Path, Cancel);
        var keys = new ApiKeys(_file);
        var key = keys.Find(shown)!;

        File.Delete(_file.Path);
        if (text is not null)
        {
            _folder.Write("keys.json", text);
        }

        keys.Look();
        Assert.False(keys.IsOpen);
        Assert.Null(keys.Find(shown));
        Assert.True(key.Ended.IsCancellationRequested);
        Assert.NotNull(keys.Find(keys.OwnKey));
        Assert.Equal(text is null, keys.Problem.Length > 0);

        _folder.Write("keys.json", good);
        keys.Look();
        Assert.NotNull(keys.Find(shown));
        Assert.Equal("", keys.Problem);
    }

    [Fact]
    public async Task Look_FileWhereThereWasNone_ClosesForGood()
    {
        var keys = new ApiKeys(_file);
        keys.Look();
        Assert.True(keys.IsOpen && keys.Problem.Length == 0);

        _folder.Write("keys.json", "not yet");
        keys.Look();
        Assert.True(keys.IsOpen && keys.Problem.Length > 0);

        File.Delete(_file.Path);
        var (_, shown) = await _file.AddAsync("desk", Any.Role, null, Cancel);
        keys.Look();
        Assert.False(keys.IsOpen);
        Assert.True(keys.Closed.IsCancellationRequested);
        Assert.NotNull(keys.Find(shown));

        File.Delete(_file.Path);
        keys.Look();
        Assert.False(keys.IsOpen);
    }

    [Fact]
    public async Task WriteUses_OfKeys_AreToTheMinuteAndOutlastTheProcess_BesideWhoeverChangesTheKeys()
    {
        var (used, usedKey) = await _file.AddAsync("used", Any.Role, null, Cancel);
        var (held, heldKey) = await _file.AddAsync("held", Any.Role, null, Cancel);
        var (unused, _) = await _file.AddAsync("unused", Any.Role, null, Cancel);
        var began = _time.GetUtcNow();
        var keys = new ApiKeys(_file);
        keys.Mark(keys.Find(usedKey)!);
        keys.Mark(keys.Find(keys.OwnKey)!);
        using var open = keys.Find(heldKey)!.Hold();
        _time.Advance(TimeSpan.FromHours(1));
        await _file.AddAsync("meanwhile", Any.Role, null, Cancel);
        keys.WriteUses();

        var later = new ApiKeys(_file);
        later.WriteUses();

        var kept = KeyUses.Read(KeyUses.PathBeside(_file))!;
        Assert.Equal(began, kept.Since);
        Assert.Equal(2, kept.Used.Count);
        Assert.Equal(DateTimeOffset.Parse("2026-05-01T12:00:00Z", null), kept.Used[used.Id]);
        Assert.Equal(DateTimeOffset.Parse("2026-05-01T13:00:00Z", null), kept.Used[held.Id]);
        Assert.False(kept.Used.ContainsKey(unused.Id));
        Assert.Equal(4, _file.Read()!.Count);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyUses.PathBeside(_file)));
    }

    [Fact]
    public void Read_UsesThatNobodyWrote_AreNotKnown()
    {
        Assert.Null(KeyUses.Read(KeyUses.PathBeside(_file)));
        _folder.Write("keys.used.json", "[");
        Assert.Null(KeyUses.Read(KeyUses.PathBeside(_file)));
    }
}
