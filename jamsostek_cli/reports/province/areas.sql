-- The kelurahan of every city.
SELECT city, kelurahan_code, kelurahan, kecamatan_code, kecamatan FROM areas ORDER BY city, kelurahan_code, kelurahan
