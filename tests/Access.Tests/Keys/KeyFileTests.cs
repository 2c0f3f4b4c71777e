using System.Runtime.Versioning;
using EarlyWarning.Access.Keys;
using EarlyWarning.Access.Tests.Infrastructure;
using EarlyWarning.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Access.Tests.Keys;

/// <summary>Keys are added, replaced and removed in a file that is always whole, private, and nobody's alone to write.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class KeyFileTests : IDisposable
{
    private const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string Roles = """
        "roles": [{"role": "reviewer", "countries": [], "organisation": "", "recipients": []}]
        """;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-05-01T12:00:00Z", null));
    private readonly TemporaryFolder _folder = new();
    private readonly KeyFile _file;

    public KeyFileTests() => _file = new(_folder.In("keys.json"), _time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Add_SecondKeyOfAName_LeavesTheFirst_AndAThirdSaysWhichToRemove()
    {
        var (first, firstKey) = await _file.AddAsync("desk", Any.Role, null, Cancel);
        _time.Advance(TimeSpan.FromDays(80));
        var (second, secondKey) = await _file.AddAsync("desk", Any.Role, _time.GetUtcNow().AddDays(90), Cancel);

        var third = await Assert.ThrowsAsync<InvalidDataException>(() => _file.AddAsync("desk", Any.Role, null, Cancel));

        Assert.Equal([first, second], _file.Read()!);
        Assert.NotEqual(firstKey, secondKey);
        Assert.Contains($"keys remove 'desk' --key {first.Id}", third.Message, StringComparison.Ordinal);
        await _file.AddAsync("another", Any.Role, null, Cancel);
    }

    [Fact]
    public async Task Add_WhereAKeyOfTheNameHasExpired_TakesItsPlace()
    {
        await _file.AddAsync("desk", Any.Role, _time.GetUtcNow().AddDays(1), Cancel);
        var (going, _) = await _file.AddAsync("desk", Any.Role, null, Cancel);
        var (other, _) = await _file.AddAsync("other", Any.Role, _time.GetUtcNow().AddDays(1), Cancel);
        _time.Advance(TimeSpan.FromDays(1));

        var (made, _) = await _file.AddAsync("desk", Any.Role, null, Cancel);

        Assert.Equal([going, other, made], _file.Read()!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(" desk")]
    [InlineData("desk\n")]
    [InlineData("de\u0007sk")]
    [InlineData("de\u202Esk")]
    [InlineData("de\u2028sk")]
    [InlineData("\uD800")]
    [InlineData("suite")]
    [InlineData("S u i t e")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890")]
    public async Task Add_NameThatIsNone_IsRefusedAndLeavesNoFile(string name)
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => _file.AddAsync(name, Any.Role, null, Cancel));

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Add_Key_IsKeptNowhereAndItsIdSaysNothingOfIt()
    {
        var (kept, key) = await _file.AddAsync("Bureau d'alerte, Genève", Any.Role, null, Cancel);

        var text = await File.ReadAllTextAsync(_file.Path, Cancel);
        Assert.DoesNotContain(key[3..], text, StringComparison.Ordinal);
        Assert.DoesNotContain(kept.Id, key, StringComparison.Ordinal);
        Assert.DoesNotContain(kept.Id, kept.Sha256, StringComparison.Ordinal);
        Assert.Equal("Bureau d'alerte, Genève", Assert.Single(_file.Read()!).Name);
    }

    [Fact]
    public async Task Add_OverWhatAKilledWriterLeft_IsPrivateFromItsFirstByte()
    {
        var left = _folder.Write("keys.json.part", "half");
        File.SetUnixFileMode(left, File.GetUnixFileMode(left) | UnixFileMode.OtherRead | UnixFileMode.GroupRead);

        await _file.AddAsync("desk", Any.Role, null, Cancel);

        Assert.All(Directory.GetFiles(_folder.Path), file =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file))
        );
        Assert.False(File.Exists(left));
    }

    [Fact]
    public async Task Add_ThatCannotWrite_LeavesTheOldFileWhole()
    {
        await _file.AddAsync("desk", Any.Role, null, Cancel);
        var before = await File.ReadAllTextAsync(_file.Path, Cancel);
        Directory.CreateDirectory(_folder.In("keys.json.part"));

        await Assert.ThrowsAnyAsync<SystemException>(() => _file.AddAsync("partner", Any.Role, null, Cancel));

        Assert.Equal(before, await File.ReadAllTextAsync(_file.Path, Cancel));
    }

    [Fact]
    public async Task Add_ByManyAtOnce_KeepsWhatEachWrote()
    {
        var names = Enumerable.Range(0, 16).Select(i => $"partner {i}").ToList();

        await Task.WhenAll(
            names.Select(name =>
                Task.Run(() => new KeyFile(_file.Path, TimeProvider.System).AddAsync(name, Any.Role, null, Cancel), Cancel)
            )
        );

        Assert.Equal(names.Order(), _file.Read()!.Select(key => key.Name).Order());
    }

    [Fact]
    public async Task Remove_OneOrAllOfAName_RemovesThemAlone()
    {
        var (first, _) = await _file.AddAsync("desk", Any.Role, null, Cancel);
        var (second, _) = await _file.AddAsync("desk", Any.Role, null, Cancel);
        var (other, _) = await _file.AddAsync("other", Any.Role, null, Cancel);

        Assert.Equal([first], await _file.RemoveAsync("desk", first.Id, Cancel));
        Assert.Equal([second, other], _file.Read()!);
        await Assert.ThrowsAsync<InvalidDataException>(() => _file.RemoveAsync("desk", other.Id, Cancel));
        await Assert.ThrowsAsync<InvalidDataException>(() => _file.RemoveAsync("nobody", null, Cancel));
        Assert.Equal([second], await _file.RemoveAsync("desk", null, Cancel));
        Assert.Equal([other], await _file.RemoveAsync("other", null, Cancel));
        Assert.Empty(_file.Read()!);
    }

    [Theory]
    [InlineData("", "input")]
    [InlineData("null", "null")]
    [InlineData("{}", "JSON")]
    [InlineData("[null]", "key 1")]
    [InlineData("""[{"id": "a", "name": "desk", "sha256": "HASH", ROLES}]""", "made")]
    [InlineData("""[{"id": "a", "name": "desk", "sha256": "HASH", "made": "2026-05-01T12:00:00Z"}]""", "roles")]
    [InlineData("""[{"id": "a", "name": "desk", "sha256": "HASH", "made": "2026-05-01T12:00:00Z", "roles": []}]""", "roles")]
    [InlineData("""[{"id": "a", "name": "desk", "sha256": "HASH", "made": "2026-05-01T12:00:00Z", "roles": [null]}]""", "roles")]
    [InlineData(
        """[{"id": "a", "name": "desk", "sha256": "HASH", "made": "2026-05-01T12:00:00Z", "roles": [{"role": "reviewer"}]}]""",
        "countries"
    )]
    [InlineData(
        """[{"id": "a", "name": "desk", "sha256": "HASH", "made": "2026-05-01T12:00:00Z", "roles": [{"role": "king", "countries": ["""
            + """], "organisation": "", "recipients": []}]}]""",
        "partner"
    )]
    [InlineData(
        """[{"id": "a", "name": "desk", "sha256": "HASH", "made": "2026-05-01T12:00:00Z", "roles": [{"role": "reviewer", "countries": """
            + """["Kenya"], "organisation": "", "recipients": []}]}]""",
        "alpha-3"
    )]
    [InlineData(
        """[{"id": "a", "name": "desk", "sha256": "HASH", "made": "2026-05-01T12:00:00Z", "roles": [{"role": "reviewer", "countries": """
            + """null, "organisation": "", "recipients": []}]}]""",
        "countries"
    )]
    [InlineData("""[{"id": "a", "name": null, "sha256": "HASH", "made": "2026-05-01T12:00:00Z", ROLES}]""", "name")]
    [InlineData("""[{"id": "a", "name": "desk", "sha256": "HASH", "made": "2026-05-01T12:00:00Z", ROLES, "quota": 5}]""", "quota")]
    [InlineData("""[{"id": "A-1", "name": "desk", "sha256": "HASH", "made": "2026-05-01T12:00:00Z", ROLES}]""", "id")]
    [InlineData("""[{"id": "a", "name": "desk", "sha256": "abc", "made": "2026-05-01T12:00:00Z", ROLES}]""", "sha256")]
    [InlineData("""[{"id": "a", "name": "Suite", "sha256": "HASH", "made": "2026-05-01T12:00:00Z", ROLES}]""", "suite")]
    [InlineData("""[{"id": "a", "name": "desk", "sha256": "HASH", "made": "2026-05-01T12:00:00Z", ROLES, "expires": "soon"}]""", "expires")]
    public async Task Read_DamagedFile_SaysWhereAndWhatAndIsNotOverwritten(string text, string fault)
    {
        text = text.Replace("HASH", Hash, StringComparison.Ordinal).Replace("ROLES", Roles, StringComparison.Ordinal);
        _folder.Write("keys.json", text);

        var damaged = Assert.Throws<InvalidDataException>(_file.Read);

        Assert.Contains(_file.Path, damaged.Message, StringComparison.Ordinal);
        Assert.Contains(fault, damaged.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidDataException>(() => _file.AddAsync("desk", Any.Role, null, Cancel));
        Assert.Equal(text, await File.ReadAllTextAsync(_file.Path, Cancel));
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    public void Read_SameIdOrSameKeyTwice_IsDamaged(string id, string digit)
    {
        var other = digit == "a" ? Hash : Hash.Replace('0', '1');
        _folder.Write(
            "keys.json",
            $$"""
            [{"id": "a", "name": "desk", "sha256": "{{Hash}}", "made": "2026-05-01T12:00:00Z", {{Roles}}},
             {"id": "{{id}}", "name": "other", "sha256": "{{other}}", "made": "2026-05-01T12:00:00Z", {{Roles}}}]
            """
        );

        Assert.Contains("twice", Assert.Throws<InvalidDataException>(_file.Read).Message, StringComparison.Ordinal);
    }
}
