using Google.Protobuf;

namespace EarlyWarning.ServiceDefaults.Paging;

/// <summary>How much of a list a page takes.</summary>
public static class PageFit
{
    /// <summary>Bytes of a page's items at the most: gRPC's clients take messages of 4 MB unless they are told otherwise.</summary>
    public const int MostBytes = 3 << 20;

    /// <summary>
    /// Counts the items from the first one on that go on a page: at most <paramref name="size"/>, and one where there is any.
    /// </summary>
    public static int Count(IEnumerable<IMessage> items, int size)
    {
        ArgumentNullException.ThrowIfNull(items);
        var (count, bytes) = (0, 0L);
        foreach (var item in items.Take(size))
        {
            bytes += item.CalculateSize();
            if (bytes > MostBytes && count > 0)
            {
                break;
            }

            count++;
        }

        return count;
    }
}
