using EarlyWarning.Store.Continuity;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Store.Tests.Continuity;

public sealed class StoreMarkTests
{
    // Read as absent, or as of a store without a name, a damaged mark would let a folder take any store for its own.
    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData(
        """{"Identity":null,"Epoch":"A","NextEpoch":"","Exercise":false,"Owner":"o","Beat":7,"Place":{"Path":"/d","Number":"""
            + """5,"Machine":"m"},"Server":"","Exact":true,"Process":"p"}"""
    )]
    [InlineData(
        """{"Identity":"i","Epoch":"A","NextEpoch":"","Exercise":false,"Owner":"o","Beat":7,"Place":{"Path":"/d","Number":"""
            + """5,"Machine":"m"},"Server":"","Exact":true}"""
    )]
    [InlineData(
        """{"Identity":"i","Epoch":"A","NextEpoch":"","Exercise":false,"Owner":"o","Beat":7,"Place":null,"Server":"","Exact":"""
            + """true,"Process":"p"}"""
    )]
    public void Read_MarkThatDoesNotSayAll_IsRefused(string text)
    {
        var folder = Directory.CreateTempSubdirectory("ew-mark-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, StoreMark.FileName), text);

            Assert.Contains(
                "cannot be read",
                Assert.Throws<StoreStartException>(() => StoreMark.Read(folder)).Message,
                StringComparison.Ordinal
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
